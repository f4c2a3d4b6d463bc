import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { HistoryStore } from '../store.ts'

export function postgresHistory(queryable: Queryable): HistoryStore {
  return { ...adding(queryable), ...reading(queryable) }
}

function adding(queryable: Queryable): Pick<HistoryStore, 'addBaskets' | 'addPurchases'> {
  return {
    async addBaskets(baskets) {
      await queryable.query(
        `insert into basket (source, at, product_ids, telling)
         select source, at, product_ids, learnt
         from json_to_recordset($1::json) as given (source text, at timestamptz, product_ids uuid[], learnt uuid[])
         on conflict do nothing`,
        [
          JSON.stringify(
            baskets.map(({ productIds, ...basket }) => ({ ...basket, product_ids: [...new Set(productIds)] })),
          ),
        ],
      )
    },

    async addPurchases(purchases) {
      const rows = purchases.flatMap(({ productIds, ...purchase }) =>
        [...new Set(productIds)].map((productId) => ({ ...purchase, productId })),
      )
      await queryable.query(
        `insert into purchase (user_id, order_id, product_id, at)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) on conflict do nothing`,
        [
          rows.map(({ userId }) => userId),
          rows.map(({ orderId }) => orderId),
          rows.map(({ productId }) => productId),
          rows.map(({ at }) => at),
        ],
      )
    },
  }
}

function reading(queryable: Queryable): Omit<HistoryStore, 'addBaskets' | 'addPurchases'> {
  return {
    async boughtBy(userId, limit) {
      const { rows } = await queryable.query<{ product_id: string }>(
        `select product_id from purchase where user_id = $1
         group by product_id order by max(at) desc, product_id limit $2`,
        [userId, limit],
      )
      return rows.map((row) => row.product_id)
    },

    async boughtSince(userId, moment) {
      const { rows } = await queryable.query<{ product_id: string }>(
        'select distinct product_id from purchase where user_id = $1 and at > $2',
        [userId, moment],
      )
      return rows.map((row) => row.product_id)
    },

    async basketsAfter(position, { without, limit }) {
      // As JSON, which is read ten times as fast as PostgreSQL's own notation of arrays.
      const { rows } = await queryable.query<{ position: number; product_ids: string[] }>(
        `select position, to_json(coalesce(telling, product_ids)) as product_ids from basket
         where position > $1 and position <> all($2::bigint[]) order by position limit $3`,
        [position, without, limit],
      )
      return rows.map(({ product_ids: productIds, ...row }) => ({ ...row, productIds }))
    },
  }
}
