import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { systemClock } from '../../../../platform/clock.ts'
import { newUuid } from '../../../../platform/ids.ts'
import { createLogger } from '../../../../platform/telemetry/logging.ts'
import { postgresDatabase, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { migrateSubgraph } from '../../../../platform/postgres/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/postgres.ts'
import { postgresReadModels } from './read-models.ts'

let testDatabase: TestDatabase
let database: PostgresDatabase
let productId: string

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  const stamp = { source: 'orders', clock: systemClock, newId: newUuid }
  database = postgresDatabase({ connection: testDatabase.config, poolSize: 4, stamp, log: createLogger('silent') })
  await migrateSubgraph(database.pool, fileURLToPath(new URL('../migrations', import.meta.url)))
})
beforeEach(() => {
  productId = newUuid()
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

function tell(version: number, ...variantIds: string[]): Promise<void> {
  const price = { amount: 100 * version, currency: 'GBP' }
  const variants = variantIds.map((variantId) => ({ variantId, name: 'Mug', price, onSale: true }))
  return postgresReadModels(database).applyProducts([{ productId, version, variants }])
}

/** The variants of the product by price. */
async function known(): Promise<[string, number][]> {
  const { rows } = await database.query<{ variant_id: string; price: number }>(
    'select variant_id, price from catalogue_variant where product_id = $1 order by variant_id',
    [productId],
  )
  return rows.map(({ variant_id: variantId, price }) => [variantId, price])
}

describe('what orders knows of a product', () => {
  it('is what it has now: the rest is forgotten, and does not come back with late news', async () => {
    const [kept, removed] = [newUuid(), newUuid()]
    await tell(1, kept, removed)
    await tell(2, kept)
    expect(await known()).toEqual([[kept, 200]])
    await tell(1, kept, removed)
    expect(await known()).toEqual([[kept, 200]])
  })

  it('may come back, in a newer version', async () => {
    const [kept, removed] = [newUuid(), newUuid()].toSorted()
    await tell(1, String(kept), String(removed))
    await tell(2, String(kept))
    await tell(3, String(kept), String(removed))
    expect(await known()).toEqual([
      [kept, 300],
      [removed, 300],
    ])
  })

  it('is replaced whole where all of its variants are others', async () => {
    const [first, second] = [newUuid(), newUuid()]
    await tell(1, first)
    await tell(2, second)
    await tell(1, first)
    expect(await known()).toEqual([[second, 200]])
  })

  it('is the newest, in whatever order two processes tell of it at once', async () => {
    const kept = newUuid()
    await tell(1, kept)
    await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? tell(2, kept, newUuid()) : tell(3, kept))))
    expect(await known()).toEqual([[kept, 300]])
  })

  it('is not touched by what is told of others', async () => {
    const [mine, other] = [newUuid(), newUuid()]
    await tell(5, mine)
    const before = [productId, await known()] as const
    productId = newUuid()
    await tell(1, other)
    expect(await known()).toEqual([[other, 100]])
    productId = before[0]
    expect(await known()).toEqual(before[1])
  })
})
