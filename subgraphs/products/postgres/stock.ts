import type { Database } from '../../../platform/postgres/database.ts'
import type { ProductStore } from '../store.ts'

/** Notified in the products' own database, at commit, when stock has been heard of. */
export const stockChannel = 'stock_heard'

export function stock(database: Database): Pick<ProductStore, 'applyStock' | 'hasHeardStockOf'> {
  return {
    async applyStock(levels) {
      // Every replica takes the rows in one order, so that two never wait for each other.
      const sorted = [...levels].sort((left, right) => (left.variantId < right.variantId ? -1 : 1))
      await database.query(
        `with applied as (
           insert into stock_level (variant_id, available, version)
           select * from unnest($1::uuid[], $2::int[], $3::bigint[])
           on conflict (variant_id) do update set available = excluded.available, version = excluded.version
           where stock_level.version < excluded.version
         )
         select pg_notify('${stockChannel}', '')`,
        [
          sorted.map(({ variantId }) => variantId),
          sorted.map(({ available }) => available),
          sorted.map(({ version }) => version),
        ],
      )
    },

    async hasHeardStockOf(variantIds) {
      const { rows } = await database.query<{ count: number }>(
        'select count(*) as count from stock_level where variant_id = any($1)',
        [variantIds],
      )
      return rows[0]?.count === new Set(variantIds).size
    },
  }
}
