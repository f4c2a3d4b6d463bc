import type { PostgresDatabase, Queryable } from '../../../../platform/postgres/database.ts'
import type { ProductVariants } from '../read-models.ts'

/**
 * All variants of a product carry the version of the message that brought them, so what is known of a product is as new as any of them.
 * What is older than that is let go whole: a variant that it alone has was removed since.
 */
export async function applyProducts(database: PostgresDatabase, products: readonly ProductVariants[]): Promise<void> {
  await database.transaction(async (transaction) => {
    await lockVariants(transaction, products)
    await replaceVariants(transaction, products)
  })
}

/** A statement of its own: who waits here for another sees, in the next one, what that other wrote. */
async function lockVariants(queryable: Queryable, products: readonly ProductVariants[]): Promise<void> {
  await queryable.query('select from catalogue_variant where product_id = any($1) order by variant_id for update', [
    products.map(({ productId }) => productId),
  ])
}

async function replaceVariants(queryable: Queryable, products: readonly ProductVariants[]): Promise<void> {
  await queryable.query(
    `with given as (
       select * from jsonb_populate_recordset(null::catalogue_variant, $1)
     ), gone as (
       delete from catalogue_variant as known using unnest($2::uuid[], $3::bigint[]) as product (id, version)
       where known.product_id = product.id and known.version < product.version
         and known.variant_id not in (select variant_id from given)
     )
     insert into catalogue_variant as known
     select * from given where not exists (
       select from catalogue_variant as newer
       where newer.product_id = given.product_id and newer.version > given.version
     ) order by variant_id
     on conflict (variant_id) do update set product_id = excluded.product_id, name = excluded.name,
       price = excluded.price, currency = excluded.currency, on_sale = excluded.on_sale, version = excluded.version
     where known.version < excluded.version`,
    [
      JSON.stringify(products.flatMap(rowsOf)),
      products.map(({ productId }) => productId),
      products.map(({ version }) => version),
    ],
  )
}

function rowsOf({ productId, version, variants }: ProductVariants) {
  return variants.map(({ variantId, name, price, onSale }) => {
    const { amount, currency } = price
    return { variant_id: variantId, product_id: productId, name, price: amount, currency, on_sale: onSale, version }
  })
}
