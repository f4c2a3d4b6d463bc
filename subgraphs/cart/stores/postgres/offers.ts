import type { Database, Queryable } from '../../../../platform/postgres/database.ts'
import type { Offer } from '../../domain.ts'
import type { KnownProduct, OfferStore } from '../store.ts'

interface OfferRow {
  readonly variant_id: string
  readonly sold: boolean
  readonly available: number
}

/** Rows are written in the order of their ids, so that replicas that apply at once never wait in a circle. */
export function postgresOfferStore(database: Database): OfferStore {
  return {
    async offers(variantIds): Promise<Map<string, Offer>> {
      const { rows } = await database.query<OfferRow>(
        `select variant_id, sold, coalesce(available, 0) as available
         from known_variant join known_product using (product_id) left join known_stock using (variant_id)
         where variant_id = any($1)`,
        [variantIds],
      )
      return new Map(rows.map(({ variant_id: variantId, ...row }) => [variantId, { variantId, ...row }]))
    },

    applyProducts: (products) =>
      database.transaction(async (transaction) => {
        const fresh = await upsertProducts(transaction, products)
        const changed = products.filter(({ productId }) => fresh.has(productId))
        await forgetOtherVariants(transaction, changed)
        await upsertVariants(transaction, changed)
      }),

    async applyStock(levels) {
      await database.query(
        `insert into known_stock (variant_id, available, version)
         select * from unnest($1::uuid[], $2::int[], $3::bigint[]) order by 1
         on conflict (variant_id) do update set available = excluded.available, version = excluded.version
           where known_stock.version < excluded.version`,
        [
          levels.map(({ variantId }) => variantId),
          levels.map(({ available }) => available),
          levels.map(({ version }) => version),
        ],
      )
    },

    async knowsNoProduct() {
      const { rows } = await database.query('select from known_product limit 1')
      return rows.length === 0
    },
  }
}

/** Returns the products that were news. A statement of its own: who waits here for another sees what that one wrote. */
async function upsertProducts(queryable: Queryable, products: readonly KnownProduct[]): Promise<Set<string>> {
  const { rows } = await queryable.query<{ product_id: string }>(
    `insert into known_product (product_id, sold, version)
     select * from unnest($1::uuid[], $2::boolean[], $3::bigint[]) order by 1
     on conflict (product_id) do update set sold = excluded.sold, version = excluded.version
       where known_product.version < excluded.version
     returning product_id`,
    [
      products.map(({ productId }) => productId),
      products.map(({ sold }) => sold),
      products.map(({ version }) => version),
    ],
  )
  return new Set(rows.map((row) => row.product_id))
}

async function forgetOtherVariants(queryable: Queryable, products: readonly KnownProduct[]): Promise<void> {
  await queryable.query('delete from known_variant where product_id = any($1) and variant_id <> all($2)', [
    products.map(({ productId }) => productId),
    products.flatMap(({ variantIds }) => variantIds),
  ])
}

async function upsertVariants(queryable: Queryable, products: readonly KnownProduct[]): Promise<void> {
  const variants = products.flatMap(({ productId, variantIds }) =>
    variantIds.map((variantId) => ({ variantId, productId })),
  )
  await queryable.query(
    `insert into known_variant (variant_id, product_id) select * from unnest($1::uuid[], $2::uuid[]) order by 1
     on conflict (variant_id) do update set product_id = excluded.product_id
       where known_variant.product_id <> excluded.product_id`,
    [variants.map(({ variantId }) => variantId), variants.map(({ productId }) => productId)],
  )
}
