import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { systemClock } from '../../../../platform/clock.ts'
import { newUuid } from '../../../../platform/ids.ts'
import { createLogger } from '../../../../platform/telemetry/logging.ts'
import { postgresDatabase, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { migrateSubgraph } from '../../../../platform/postgres/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/postgres.ts'
import type { Basket, KnownProduct } from '../store.ts'
import { postgresRecommendationStore } from './store.ts'

const [mug, jug, cup] = [newUuid(), newUuid(), newUuid()].sort() as [string, string, string]

let disk: TestDatabase
let database: PostgresDatabase
beforeAll(async () => {
  disk = await createTestDatabase()
  const stamp = { source: 'recommendations', clock: systemClock, newId: newUuid }
  database = postgresDatabase({ connection: disk.config, poolSize: 4, stamp, log: createLogger('silent') })
  await migrateSubgraph(database.pool, fileURLToPath(new URL('../migrations', import.meta.url)))
})
beforeEach(() => database.query('truncate basket, product_basket_count, stale_list'))
afterAll(async () => {
  await database.close()
  await disk.drop()
})

function basket(...productIds: string[]): Basket {
  return { source: newUuid(), at: new Date('2026-01-01'), productIds }
}

const store = () => postgresRecommendationStore(database)

describe('a basket', () => {
  it('counts each of its products once, and counts once itself', async () => {
    const known = basket(mug, jug, mug)
    await store().addBaskets([known])
    await store().addBaskets([known, basket(jug)])
    expect(await store().basketCounts([mug, jug, cup])).toEqual(
      new Map([
        [mug, 1],
        [jug, 2],
      ]),
    )
    expect(await store().basketsWith(mug)).toHaveLength(1)
  })

  it('makes the lists of its products stale', async () => {
    await store().addBaskets([basket(mug, jug)])
    expect(await store().countStale('CO_PURCHASE')).toBe(2)
    expect((await store().takeStale('CO_PURCHASE', 9)).sort()).toEqual([mug, jug])
    expect(await store().countStale('CO_PURCHASE')).toBe(0)
  })
})

describe('a variant', () => {
  const red = newUuid()
  const blue = newUuid()
  const known: KnownProduct = {
    id: mug,
    slug: 'mug',
    name: 'Mug',
    category: { slug: 'mugs', name: 'Mugs' },
    images: [{ url: '/images/mugs/mug.svg', alt: 'Mug' }],
    price: { amount: 250, currency: 'GBP' },
    highestPrice: { amount: 400, currency: 'GBP' },
    active: true,
    variantIds: [red, blue],
    version: 1,
  }

  it('is forgotten when its product no longer has it, and does not come back with what is heard late', async () => {
    await store().applyProducts([known])
    expect(await store().productsOfVariants([blue])).toEqual([mug])
    await store().applyProducts([{ ...known, variantIds: [red], version: 2 }])
    await store().applyProducts([known])
    expect(await store().productsOfVariants([blue])).toEqual([])
    expect(await store().productsOfVariants([red])).toEqual([mug])
  })
})

describe('a list that becomes stale again while it is computed', () => {
  it('stays stale, when all lists are computed', async () => {
    await store().addBaskets([basket(mug, jug)])
    const marks = await store().staleMarks()
    await store().addBaskets([basket(jug, cup)])
    await store().removeMarks(marks)
    expect((await store().staleMarks()).map(({ productId }) => productId).sort()).toEqual([jug, cup].sort())
  })

  it('is not taken while the basket that makes it stale is being written', async () => {
    await store().addBaskets([basket(mug, jug)])
    await database.transaction(async (transaction) => {
      await postgresRecommendationStore(transaction).addBaskets([basket(mug)])
      expect(await store().takeStale('CO_PURCHASE', 9)).toEqual([jug])
    })
    expect(await store().takeStale('CO_PURCHASE', 9)).toEqual([mug])
  })
})
