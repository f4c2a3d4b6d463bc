import type { PostgresDatabase, Queryable } from '../../../../platform/postgres/database.ts'
import { notificationChannel } from '../../../../platform/postgres/notifications.ts'
import { stockChanged, type KnownStock, type ProductStore } from '../store.ts'

export function stock(database: PostgresDatabase): Pick<ProductStore, 'applyStock' | 'knowsStockOf' | 'isInStock'> {
  return {
    applyStock: (levels) =>
      database.transaction(async (transaction) => {
        await lockProducts(transaction, levels)
        await markProducts(transaction, await upsertLevels(transaction, levels))
        await transaction.query(`select pg_notify('${notificationChannel}', '${stockChanged}')`)
      }),

    async knowsStockOf(variantIds) {
      const { rows } = await database.query<{ count: number }>(
        'select count(*) as count from stock_level where variant_id = any($1)',
        [variantIds],
      )
      return rows[0]?.count === new Set(variantIds).size
    },

    async isInStock(variantIds) {
      const { rowCount } = await database.query(
        'select from stock_level where variant_id = any($1) and available > 0 limit 1',
        [variantIds],
      )
      return rowCount === 1
    },
  }
}

/**
 * A statement of its own, before the levels are written: two replicas that consume the stock of two variants of one product would
 * else each look at a level that the other has not committed. Locks in the order of ids, so that none waits in a circle.
 */
async function lockProducts(queryable: Queryable, levels: readonly KnownStock[]): Promise<void> {
  await queryable.query(
    `select from product where id in (select product_id from variant where id = any($1))
     order by id for no key update`,
    [levels.map(({ variantId }) => variantId)],
  )
}

/** Returns the variants whose level was newer than the known one. */
async function upsertLevels(queryable: Queryable, levels: readonly KnownStock[]): Promise<string[]> {
  const sorted = [...levels].sort((left, right) => (left.variantId < right.variantId ? -1 : 1))
  const { rows } = await queryable.query<{ variant_id: string }>(
    `insert into stock_level (variant_id, available, version)
     select * from unnest($1::uuid[], $2::int[], $3::bigint[])
     on conflict (variant_id) do update set available = excluded.available, version = excluded.version
     where stock_level.version < excluded.version
     returning variant_id`,
    [
      sorted.map(({ variantId }) => variantId),
      sorted.map(({ available }) => available),
      sorted.map(({ version }) => version),
    ],
  )
  return rows.map((row) => row.variant_id)
}

async function markProducts(queryable: Queryable, variantIds: readonly string[]): Promise<void> {
  await queryable.query(
    `with fresh as (
       select product_id, bool_or(coalesce(stock_level.available, 0) > 0) as in_stock
       from variant left join stock_level on stock_level.variant_id = variant.id
       where product_id in (select product_id from variant where id = any($1))
       group by product_id
     )
     update product set in_stock = fresh.in_stock from fresh
     where product.id = fresh.product_id and product.in_stock <> fresh.in_stock`,
    [variantIds],
  )
}
