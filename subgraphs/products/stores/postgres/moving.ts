import { nilUuid } from '../../../../platform/ids.ts'
import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { keptLevel, keptProduct, pagesAfter, type KeptProducts } from '../moving.ts'
import type { KnownStock } from '../store.ts'
import { reading } from './reading.ts'

/** What is moved from here. */
export function postgresKeptProducts(database: PostgresDatabase): KeptProducts {
  const { byIds } = reading(database)
  return {
    categories: {
      pages: () =>
        pagesAfter(async (slug, size) => {
          const { rows } = await database.query<{ slug: string; name: string; position: number }>(
            `select slug, name, position from category
             where slug collate "C" > $1 order by slug collate "C" limit $2`,
            [slug, size],
          )
          return rows.map(({ slug: key, ...content }) => ({ key, version: 0, content }))
        }),
    },
    products: {
      pages: () =>
        pagesAfter(async (id, size) => {
          const { rows } = await database.query<{ id: string }>(
            'select id from product where id > $1 order by id limit $2',
            [id === '' ? nilUuid : id, size],
          )
          return (await byIds(rows.map((row) => row.id))).map(keptProduct)
        }),
    },
    stock: {
      pages: () =>
        pagesAfter(async (variantId, size) => {
          const { rows } = await database.query<KnownStock>(
            `select variant_id as "variantId", available, version from stock_level
             where variant_id > $1 order by variant_id limit $2`,
            [variantId === '' ? nilUuid : variantId, size],
          )
          return rows.map(keptLevel)
        }),
    },
  }
}
