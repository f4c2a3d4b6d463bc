import { money } from '../../platform/money.ts'
import {
  newProduct,
  shopCurrency,
  type Category,
  type Product,
  type Variant,
  type VariantOption,
} from './domain/product.ts'
import { stateOf } from './events.ts'
import type { ProductStore } from './stores/store.ts'

/** A product that comes from outside, with its ids and slug. */
export interface ImportedProduct {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly categorySlug: string
  readonly createdAt: Date
  readonly variants: readonly ImportedVariant[]
}

export interface ImportedVariant {
  readonly id: string
  readonly sku: string
  readonly name: string
  /** In minor units of the shop's currency. */
  readonly price: number
  readonly options: readonly VariantOption[]
  readonly initialStock: number
}

/** Puts a whole catalogue on sale; what is there already is left as it is, so it can be run again after a crash. Returns how many products were new. */
export type ImportProducts = (categories: readonly Category[], products: readonly ImportedProduct[]) => Promise<number>

export function importerInto(store: ProductStore): ImportProducts {
  return async (categories, imported) => {
    await store.saveCategories(categories)
    const known = await named(categories, store)
    const products = imported.map((product) => productFrom(product, known.get(product.categorySlug)))
    return store.insertMany(products.map((product) => ({ product, messages: [stateOf(product)] })))
  }
}

/** The categories by slug, as the shop calls them: one that was there already has kept its name. */
async function named(categories: readonly Category[], store: ProductStore): Promise<Map<string, Category>> {
  const slugs = new Set(categories.map(({ slug }) => slug))
  const kept = (await store.categories()).filter(({ slug }) => slugs.has(slug))
  return new Map(kept.map(({ slug, name }) => [slug, { slug, name }]))
}

function productFrom(imported: ImportedProduct, category: Category | undefined): Product {
  const { categorySlug, variants, ...given } = imported
  const [first, ...others] = variants.map(variantFrom)
  if (category === undefined)
    throw new Error(`${imported.slug} is in the category ${categorySlug}, which is not imported`)
  if (first === undefined) throw new Error(`${imported.slug} has no variant`)
  return newProduct({ ...given, category, variants: [first, ...others] })
}

function variantFrom({ price, ...given }: ImportedVariant): Variant {
  return { ...given, price: money(price, shopCurrency) }
}
