import type { Queryable } from '../../../../platform/postgres/database.ts'
import { priceRange, sortName, type Product } from '../../domain/product.ts'

const insertColumns =
  'id, slug, name, sort_name, description, status, category, lowest_price, highest_price, created_at, version'

/** One column of values for each of `insertColumns`, so that any number of products is one statement. */
function productValues(products: readonly Product[]): unknown[] {
  return [
    products.map(({ id }) => id),
    products.map(({ slug }) => slug),
    products.map(({ name }) => name),
    products.map(({ name }) => sortName(name)),
    products.map(({ description }) => description),
    products.map(({ status }) => status),
    products.map(({ category }) => category.slug),
    products.map((product) => priceRange(product).lowest.amount),
    products.map((product) => priceRange(product).highest.amount),
    products.map(({ createdAt }) => createdAt),
    products.map(({ version }) => version),
  ]
}

const unnestProducts = `select * from unnest(
  $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[],
  $10::timestamptz[], $11::bigint[])`

/** Returns the ids of those that are new; those whose id is known are left as they are. */
export async function insertProducts(queryable: Queryable, products: readonly Product[]): Promise<Set<string>> {
  const { rows } = await queryable.query<{ id: string }>(
    `insert into product (${insertColumns}) ${unnestProducts} on conflict (id) do nothing returning id`,
    productValues(products),
  )
  return new Set(rows.map(({ id }) => id))
}

/** False when the product is not at that version. Its variants are written apart. */
export async function updateProduct(queryable: Queryable, product: Product, version: number): Promise<boolean> {
  const { rowCount } = await queryable.query(
    `update product set
       slug = fresh.slug, name = fresh.name, sort_name = fresh.sort_name, description = fresh.description,
       status = fresh.status, category = fresh.category, lowest_price = fresh.lowest_price,
       highest_price = fresh.highest_price, version = fresh.version
     from (${unnestProducts}) as fresh (${insertColumns})
     where product.id = fresh.id and product.version = $12`,
    [...productValues([product]), version],
  )
  return rowCount === 1
}

export async function deleteVariants(queryable: Queryable, productId: string): Promise<void> {
  await queryable.query('delete from variant where product_id = $1', [productId])
}

export async function insertVariants(queryable: Queryable, products: readonly Product[]): Promise<void> {
  const variants = products.flatMap((product) =>
    product.variants.map((variant, position) => ({ ...variant, productId: product.id, position })),
  )
  await queryable.query(
    `insert into variant (id, product_id, position, sku, name, price, currency, initial_stock)
     select * from unnest(
       $1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::int[])`,
    [
      variants.map(({ id }) => id),
      variants.map(({ productId }) => productId),
      variants.map(({ position }) => position),
      variants.map(({ sku }) => sku),
      variants.map(({ name }) => name),
      variants.map(({ price }) => price.amount),
      variants.map(({ price }) => price.currency),
      variants.map(({ initialStock }) => initialStock),
    ],
  )
}

export async function insertOptions(queryable: Queryable, products: readonly Product[]): Promise<void> {
  const options = products.flatMap(({ variants }) =>
    variants.flatMap(({ id, options }) => options.map((option, position) => ({ ...option, variantId: id, position }))),
  )
  if (options.length === 0) return
  await queryable.query(
    `insert into variant_option (variant_id, position, name, value)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[])`,
    [
      options.map(({ variantId }) => variantId),
      options.map(({ position }) => position),
      options.map(({ name }) => name),
      options.map(({ value }) => value),
    ],
  )
}

/** Tells the planner what the tables now hold, long before it would find out by itself. */
export async function analyzeCatalogue(queryable: Queryable): Promise<void> {
  await queryable.query('analyze product, variant, variant_option')
}
