import { money } from '../../../../platform/money.ts'
import type { Product, ProductStatus, Variant } from '../../domain/product.ts'

/** One variant with the product it belongs to. */
export interface ProductRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly status: ProductStatus
  readonly category_slug: string
  readonly category_name: string
  readonly created_at: Date
  readonly version: number
  readonly variant_id: string
  readonly sku: string
  readonly variant_name: string
  readonly price: number
  readonly currency: string
  readonly initial_stock: number
  readonly options: readonly (readonly [name: string, value: string])[]
}

/** What a statement selects to get whole products; it sorts by product and `variant.position`. */
export const productColumns = `
  product.id, product.slug, product.name, product.description, product.status, product.created_at, product.version,
  category.slug as category_slug, category.name as category_name,
  variant.id as variant_id, variant.sku, variant.name as variant_name, variant.price, variant.currency,
  variant.initial_stock,
  array(select array[name, value] from variant_option where variant_id = variant.id order by position) as options`

export const productTables = `
  product join category on category.slug = product.category join variant on variant.product_id = product.id`

/** The products in the order of their first rows. */
export function productsFrom(rows: readonly ProductRow[]): Product[] {
  const products = new Map<string, Omit<Product, 'variants'> & { variants: [Variant, ...Variant[]] }>()
  for (const row of rows) {
    const known = products.get(row.id)
    if (known === undefined) products.set(row.id, { ...productFrom(row), variants: [variantFrom(row)] })
    else known.variants.push(variantFrom(row))
  }
  return [...products.values()]
}

function productFrom(row: ProductRow): Omit<Product, 'variants'> {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    status: row.status,
    category: { slug: row.category_slug, name: row.category_name },
    createdAt: row.created_at,
    version: row.version,
  }
}

function variantFrom(row: ProductRow): Variant {
  return {
    id: row.variant_id,
    sku: row.sku,
    name: row.variant_name,
    price: money(row.price, row.currency),
    options: row.options.map(([name, value]) => ({ name, value })),
    initialStock: row.initial_stock,
  }
}
