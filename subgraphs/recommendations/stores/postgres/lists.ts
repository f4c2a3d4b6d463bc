import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { ListKind, ListStore, StaleStore } from '../store.ts'

const coPurchaseRow = z.object({
  product: z.string(),
  baskets: z.int(),
  neighbours: z.array(z.object({ product: z.string(), score: z.number(), together: z.int(), baskets: z.int() })),
})

const similarRow = z.object({
  product: z.string(),
  similar: z.array(z.object({ product: z.string(), score: z.number() })),
})

const popularRow = z
  .object({ product: z.string(), score: z.number(), baskets: z.int(), of_baskets: z.int() })
  .transform(({ of_baskets: ofBaskets, ...row }) => ({ ...row, ofBaskets }))

export function postgresLists(queryable: Queryable): ListStore & StaleStore {
  return { ...neighbourLists(queryable), ...popularity(queryable), ...staleMarks(queryable) }
}

// Lists go in as one JSON text: the driver writes an array of JSON element by element, at ten times the cost.
function neighbourLists(queryable: Queryable): Omit<ListStore, 'popular' | 'savePopular'> {
  return {
    async coPurchaseLists(productIds) {
      const { rows } = await queryable.query(
        'select product_id as product, baskets, neighbours from co_purchase_list where product_id = any($1)',
        [productIds],
      )
      return rows.map((row) => coPurchaseRow.parse(row))
    },

    async saveCoPurchaseLists(lists) {
      await queryable.query(
        `insert into co_purchase_list (product_id, baskets, neighbours)
         select * from json_to_recordset($1::json) as given (product uuid, baskets int, neighbours jsonb)
         on conflict (product_id) do update set baskets = excluded.baskets, neighbours = excluded.neighbours`,
        [JSON.stringify(lists)],
      )
    },

    async similarLists(productIds) {
      const { rows } = await queryable.query(
        'select product_id as product, similar_products as similar from similar_list where product_id = any($1)',
        [productIds],
      )
      return rows.map((row) => similarRow.parse(row))
    },

    async saveSimilarLists(lists) {
      await queryable.query(
        `insert into similar_list (product_id, similar_products)
         select * from json_to_recordset($1::json) as given (product uuid, "similar" jsonb)
         on conflict (product_id) do update set similar_products = excluded.similar_products`,
        [JSON.stringify(lists)],
      )
    },
  }
}

function popularity(queryable: Queryable): Pick<ListStore, 'popular' | 'savePopular'> {
  return {
    async popular(limit) {
      const { rows } = await queryable.query(
        `select product_id as product, score, baskets, of_baskets from popular_product
         order by score desc, product_id limit $1`,
        [limit],
      )
      return rows.map((row) => popularRow.parse(row))
    },

    async savePopular(products) {
      await queryable.query(
        `with gone as (delete from popular_product where product_id <> all($1::uuid[]))
         insert into popular_product (product_id, score, baskets, of_baskets)
         select * from unnest($1::uuid[], $2::float8[], $3::int[], $4::int[])
         on conflict (product_id) do update
           set score = excluded.score, baskets = excluded.baskets, of_baskets = excluded.of_baskets`,
        [
          products.map(({ product }) => product),
          products.map(({ score }) => score),
          products.map(({ baskets }) => baskets),
          products.map(({ ofBaskets }) => ofBaskets),
        ],
      )
    },
  }
}

function staleMarks(queryable: Queryable): StaleStore {
  return {
    async countStale(kind) {
      const { rows } = await queryable.query<{ count: number }>(
        'select count(*)::int as count from stale_list where kind = $1',
        [kind],
      )
      return rows[0]?.count ?? 0
    },

    async staleMarks() {
      const { rows } = await queryable.query<{ kind: ListKind; product_id: string; mark: number }>(
        'select kind, product_id, mark from stale_list',
        [],
      )
      return rows.map(({ product_id: productId, ...row }) => ({ productId, ...row }))
    },

    async removeMarks(marks) {
      await queryable.query(
        `delete from stale_list
         where (kind, product_id, mark) in (select * from unnest($1::text[], $2::uuid[], $3::bigint[]))`,
        [marks.map(({ kind }) => kind), marks.map(({ productId }) => productId), marks.map(({ mark }) => mark)],
      )
    },

    async takeStale(kind, limit) {
      const { rows } = await queryable.query<{ product_id: string }>(
        `delete from stale_list where (kind, product_id) in (
           select kind, product_id from stale_list where kind = $1 order by product_id limit $2 for update skip locked
         ) returning product_id`,
        [kind, limit],
      )
      return rows.map((row) => row.product_id)
    },
  }
}
