import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { SimilarStore } from '../store.ts'

const similarRow = z.object({
  product: z.string(),
  similar: z.array(z.object({ product: z.string(), score: z.number() })),
})

export function postgresSimilar(queryable: Queryable): SimilarStore {
  return { ...lists(queryable), ...staleMarks(queryable) }
}

// Lists go in as one JSON text: the driver writes an array of JSON element by element, at ten times the cost.
function lists(queryable: Queryable): Pick<SimilarStore, 'similarLists' | 'saveSimilarLists'> {
  return {
    async similarLists(productIds) {
      const { rows } = await queryable.query(
        'select product_id as product, similar_products as similar from similar_list where product_id = any($1)',
        [productIds],
      )
      return rows.map((row) => similarRow.parse(row))
    },

    async saveSimilarLists(similarLists) {
      await queryable.query(
        `insert into similar_list (product_id, similar_products)
         select * from json_to_recordset($1::json) as given (product uuid, "similar" jsonb)
         on conflict (product_id) do update set similar_products = excluded.similar_products`,
        [JSON.stringify(similarLists)],
      )
    },
  }
}

function staleMarks(queryable: Queryable): Omit<SimilarStore, 'similarLists' | 'saveSimilarLists'> {
  return {
    async countStale() {
      const { rows } = await queryable.query<{ count: number }>('select count(*)::int as count from stale_list', [])
      return rows[0]?.count ?? 0
    },

    async staleMarks() {
      const { rows } = await queryable.query<{ product_id: string; mark: number }>(
        'select product_id, mark from stale_list',
        [],
      )
      return rows.map(({ product_id: productId, mark }) => ({ productId, mark }))
    },

    async removeMarks(marks) {
      await queryable.query(
        'delete from stale_list where (product_id, mark) in (select * from unnest($1::uuid[], $2::bigint[]))',
        [marks.map(({ productId }) => productId), marks.map(({ mark }) => mark)],
      )
    },

    async takeStale(limit) {
      const { rows } = await queryable.query<{ product_id: string }>(
        `delete from stale_list where product_id in (
           select product_id from stale_list order by product_id limit $1 for update skip locked
         ) returning product_id`,
        [limit],
      )
      return rows.map((row) => row.product_id)
    },
  }
}
