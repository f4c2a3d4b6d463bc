import pg from 'pg'

import type { PostgresDatabase, Queryable } from '../../../../platform/postgres/database.ts'
import type { Product } from '../../domain/product.ts'
import type { ProductStore, ProductToSave, SaveResult } from '../store.ts'
import {
  analyzeCatalogue,
  deleteVariants,
  insertOptions,
  insertProducts,
  insertVariants,
  updateProduct,
} from './writing.ts'

export function saving(database: PostgresDatabase): Pick<ProductStore, 'save' | 'saveCategories' | 'insertMany'> {
  return {
    save: (toSave, expectedVersion) => save(database, toSave, expectedVersion),

    async saveCategories(categories) {
      await database.query(
        `insert into category (slug, name, position)
         select * from unnest($1::text[], $2::text[], $3::int[])
         on conflict (slug) do update set position = excluded.position`,
        [categories.map(({ slug }) => slug), categories.map(({ name }) => name), categories.map((_, index) => index)],
      )
    },

    insertMany: (entries) =>
      database.transaction(async (transaction) => {
        const fresh = await insertProducts(
          transaction,
          entries.map(({ product }) => product),
        )
        const added = entries.filter(({ product }) => fresh.has(product.id))
        await insertParts(
          transaction,
          added.map(({ product }) => product),
        )
        await analyzeCatalogue(transaction)
        transaction.publish(...added.flatMap(({ messages }) => messages))
        return added.length
      }),
  }
}

async function save(
  database: PostgresDatabase,
  { product, messages }: ProductToSave,
  expected: number,
): Promise<SaveResult> {
  try {
    return await database.transaction(async (transaction) => {
      if (!(await writeProduct(transaction, product, expected))) return 'CHANGED_MEANWHILE'
      await insertParts(transaction, [product])
      transaction.publish(...messages)
      return 'SAVED'
    })
  } catch (thrown) {
    const taken = takenBy(thrown)
    if (taken === undefined) throw thrown
    return taken
  }
}

async function writeProduct(queryable: Queryable, product: Product, expectedVersion: number): Promise<boolean> {
  if (expectedVersion === 0) return (await insertProducts(queryable, [product])).size === 1
  if (!(await updateProduct(queryable, product, expectedVersion))) return false
  await deleteVariants(queryable, product.id)
  return true
}

async function insertParts(queryable: Queryable, products: readonly Product[]): Promise<void> {
  await insertVariants(queryable, products)
  await insertOptions(queryable, products)
}

const uniqueViolation = '23505'

/** Which of the shop's names the statement would have given twice. */
function takenBy(thrown: unknown): SaveResult | undefined {
  if (!(thrown instanceof pg.DatabaseError) || thrown.code !== uniqueViolation) return undefined
  switch (thrown.constraint) {
    case 'product_slug':
      return 'SLUG_TAKEN'
    case 'variant_sku':
      return 'SKU_TAKEN'
    default:
      return undefined
  }
}
