import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { newUuid } from '../../../../platform/ids.ts'
import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { openTestStores, type TestStores } from '../../../../tests/support/stores.ts'
import type { Basket, KnownProduct, RecommendationStores } from '../store.ts'
import { postgresRecommendationStore } from './store.ts'
import { postgresRecommendationStores } from './stores.ts'

const [mug, jug, cup] = [newUuid(), newUuid(), newUuid()].sort() as [string, string, string]

let opened: TestStores<RecommendationStores>
let database: PostgresDatabase
beforeAll(async () => {
  opened = await openTestStores('recommendations', postgresRecommendationStores)
  database = opened.database
})
beforeEach(() => database.query('truncate basket, product_basket_count, stale_list'))
afterAll(() => opened.close())

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

  it('is forgotten when its product no longer has it, and does not come back with what is consumed late', async () => {
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
