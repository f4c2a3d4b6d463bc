import type { OutboxEntry } from '../../../../platform/mongodb/messaging/entries.ts'
import { money } from '../../../../platform/money.ts'
import { priceRange, sortName, type Product, type Variant } from '../../domain/product.ts'

/** A product whole, as it is kept: with what lists sort and filter by, and what is to be published of it. */
export interface ProductDocument extends Omit<Product, 'id' | 'variants'> {
  readonly _id: string
  /** The name as lists are sorted by it: without case and accents. */
  readonly sortName: string
  readonly variants: readonly VariantDocument[]
  /** The cheapest variant's, in minor units. */
  readonly lowestPrice: number
  /** What inventory has published, by variant. */
  readonly stock: Readonly<Record<string, Level>>
  /** Whether there are units of any variant, by `stock`. */
  readonly inStock: boolean
  readonly outbox: readonly OutboxEntry[]
}

export interface VariantDocument extends Variant {
  /** The SKU as it must be unique: whatever the case of its letters. */
  readonly skuKey: string
}

export interface Level {
  readonly available: number
  readonly version: number
}

/** What inventory has published of a variant, also of one that no product here has yet. */
export interface StockLevelDocument extends Level {
  readonly _id: string
}

export interface CategoryDocument {
  /** The slug. */
  readonly _id: string
  readonly name: string
  /** In the order in which the shop shows its categories. */
  readonly position: number
}

export const collections = { products: 'products', categories: 'categories', stockLevels: 'stockLevels' } as const

export const skuKeyOf = (sku: string) => sku.toLowerCase()

/** What a save writes: all of a product that is not its id, nor known of its stock; and nothing that is there by chance. */
export function fieldsOf(product: Product) {
  const { slug, name, description, status, category, createdAt, version } = product
  return {
    ...{ slug, name, description, status, createdAt, version },
    category: { slug: category.slug, name: category.name },
    sortName: sortName(name),
    lowestPrice: priceRange(product).lowest.amount,
    variants: product.variants.map(variantDocument),
  }
}

function variantDocument({ id, sku, name, price, options, initialStock }: Variant): VariantDocument {
  return {
    ...{ id, sku, skuKey: skuKeyOf(sku), name, initialStock },
    price: money(price.amount, price.currency),
    options: options.map((option) => ({ name: option.name, value: option.value })),
  }
}

/** A new product's; of its stock nothing is known. */
export function documentOf(product: Product, outbox: readonly OutboxEntry[]): ProductDocument {
  return { _id: product.id, ...fieldsOf(product), stock: {}, inStock: false, outbox }
}

/** Leaves out of what is read what only the store itself needs. */
export const productProjection = { outbox: 0, stock: 0, inStock: 0, sortName: 0, lowestPrice: 0 } as const

export function productFrom(document: Pick<ProductDocument, '_id' | 'variants' | keyof Omit<Product, 'id'>>): Product {
  const { _id: id, variants, ...product } = document
  const [first, ...others] = variants.map(variantFrom)
  if (first === undefined) throw new Error(`product ${id} has no variant`)
  return { id, ...product, variants: [first, ...others] }
}

function variantFrom({ skuKey: _, ...variant }: VariantDocument): Variant {
  return variant
}
