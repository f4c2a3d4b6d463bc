import { money } from '../../platform/money.ts'
import { newProduct, shopCurrency, type Category, type Product, type Variant, type VariantOption } from './domain.ts'
import { stateOf } from './events.ts'
import type { ProductStore } from './store.ts'

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
    const known = new Map(categories.map((category) => [category.slug, category]))
    const products = imported.map((product) => productFrom(product, known.get(product.categorySlug)))
    await store.saveCategories(categories)
    return store.insertMany(products.map((product) => ({ product, messages: [stateOf(product)] })))
  }
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
