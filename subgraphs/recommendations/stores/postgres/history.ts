import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { HistoryStore } from '../store.ts'

export function postgresHistory(queryable: Queryable): HistoryStore {
  return { ...adding(queryable), ...reading(queryable) }
}

function adding(queryable: Queryable): Pick<HistoryStore, 'addBaskets' | 'addPurchases'> {
  return {
    async addBaskets(baskets) {
      await queryable.query(
        `with given as (
           select source, at, product_ids
           from json_to_recordset($1::json) as given (source text, at timestamptz, product_ids uuid[])
         ), added as (
           insert into basket (source, at, product_ids) select source, at, product_ids from given
           on conflict do nothing returning product_ids
         ), counted as (
           select product_id, count(*)::int as baskets from added, unnest(product_ids) as product_id group by product_id
         ), marked as (
           insert into stale_list (kind, product_id) select 'CO_PURCHASE', product_id from counted order by product_id
           on conflict (kind, product_id) do update set mark = default
         )
         insert into product_basket_count (product_id, baskets) select product_id, baskets from counted order by product_id
         on conflict (product_id) do update set baskets = product_basket_count.baskets + excluded.baskets`,
        [
          JSON.stringify(
            baskets.map(({ source, at, productIds }) => ({ source, at, product_ids: [...new Set(productIds)] })),
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
  // As JSON, which is read ten times as fast as PostgreSQL's own notation of arrays.
  async function basketRows(statement: string, values: readonly unknown[]): Promise<string[][]> {
    const { rows } = await queryable.query<{ product_ids: string[] }>(statement, values)
    return rows.map((row) => row.product_ids)
  }

  return {
    async boughtBy(userId, limit) {
      const { rows } = await queryable.query<{ product_id: string }>(
        `select product_id from purchase where user_id = $1
         group by product_id order by max(at) desc, product_id limit $2`,
        [userId, limit],
      )
      return rows.map((row) => row.product_id)
    },

    baskets: (limit) =>
      basketRows(
        `select to_json(product_ids) as product_ids from (select at, source, product_ids from basket order by at desc, source desc limit $1)
           as newest order by at, source`,
        [limit ?? null],
      ),

    basketsWith: (productId) =>
      basketRows('select to_json(product_ids) as product_ids from basket where product_ids @> array[$1::uuid]', [
        productId,
      ]),

    async basketCounts(productIds) {
      const { rows } = await queryable.query<{ product_id: string; baskets: number }>(
        'select product_id, baskets from product_basket_count where product_id = any($1)',
        [productIds],
      )
      return new Map(rows.map(({ product_id: productId, baskets }) => [productId, baskets]))
    },
  }
}
