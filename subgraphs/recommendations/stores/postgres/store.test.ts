import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { newUuid } from '../../../../platform/ids.ts'
import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { openTestStores, type TestStores } from '../../../../tests/support/stores.ts'
import { packRows } from '../../domain/packed-rows.ts'
import type { Basket, Feedback, KnownProduct, RecommendationStores, TrainedModel } from '../store.ts'
import { postgresRecommendationStore } from './store.ts'
import { postgresRecommendationStores } from './stores.ts'

const [mug, jug, cup] = [newUuid(), newUuid(), newUuid()].sort() as [string, string, string]

let opened: TestStores<RecommendationStores>
let database: PostgresDatabase
beforeAll(async () => {
  opened = await openTestStores('recommendations', postgresRecommendationStores)
  database = opened.database
})
beforeEach(() => database.query('truncate basket, model_run, stale_list, feedback'))
afterAll(() => opened.close())

function basket(...productIds: string[]): Basket {
  return { source: newUuid(), at: new Date('2026-01-01'), productIds }
}

const store = () => postgresRecommendationStore(database)

describe('a basket', () => {
  const learnt = (after = 0, without: number[] = []) => store().basketsAfter(after, { without, limit: 10 })

  it('holds each of its products once, and is there once itself, where it was put first', async () => {
    const known = basket(mug, jug, mug)
    await store().addBaskets([known])
    await store().addBaskets([known, basket(cup)])
    expect((await learnt()).map(({ productIds }) => productIds.toSorted())).toEqual([[mug, jug], [cup]])
  })

  it('is read by its position, in pages, without those that are known', async () => {
    await store().addBaskets([basket(mug), basket(jug), basket(cup)])
    const [first, second, third] = (await learnt()).map(({ position }) => position)
    expect(await store().basketsAfter(0, { without: [], limit: 2 })).toHaveLength(2)
    expect((await learnt(first)).map(({ position }) => position)).toEqual([second, third])
    expect((await learnt(first, [second ?? 0])).map(({ position }) => position)).toEqual([third])
  })
})

describe('a trained model', () => {
  const model: TrainedModel = {
    productIds: [mug, jug],
    baskets: packRows([[0, 1], [], [1]]),
    weights: { starts: Uint32Array.of(0, 1, 1), products: Uint32Array.of(1), weights: Float32Array.of(0.25) },
    learntTo: 7,
    newestPositions: [9, 11],
  }

  it('is read as it was kept, and only the newest are kept', async () => {
    expect([await store().newestVersion(), await store().newestRun()]).toEqual([0, undefined])
    for (let run = 0; run < 5; run += 1) await store().saveModel(model, 1.5)
    const version = await store().newestVersion()
    expect(await store().readModel(version)).toEqual(model)
    expect(await store().readModel(version - 4)).toBeUndefined()
    expect(await store().newestRun()).toMatchObject({ version, baskets: 3, products: 2, seconds: 1.5 })
  })

  it('is trained by one at a time, again after a while, and sooner when it is asked for', async () => {
    await store().requestTraining()
    expect(await Promise.all([store().claimTraining(), store().claimTraining()])).toEqual(
      expect.arrayContaining([true, false]),
    )
    await store().saveModel(model, 1)
    expect(await store().claimTraining()).toBe(false)
    await store().requestTraining()
    expect(await store().claimTraining()).toBe(true)
  })

  it('does not put off a training that was asked for meanwhile', async () => {
    await store().requestTraining()
    await store().claimTraining()
    await store().requestTraining()
    await store().saveModel(model, 1)
    expect(await store().claimTraining()).toBe(true)
  })
})

describe('feedback', () => {
  const report = (day: string, ...feedback: Partial<Feedback>[]) =>
    store().addFeedback(
      feedback.map((given) => ({
        viewerId: cup,
        event: 'SHOWN',
        reason: 'POPULAR',
        algorithm: 'popularity',
        productId: mug,
        ...given,
      })),
      new Date(day),
    )

  it('counts once a day for each shopper, by reason and algorithm, until it is forgotten', async () => {
    await report('2026-03-01T23:59:59Z', {}, { productId: jug }, { event: 'CLICKED' })
    await report('2026-03-01T00:00:00Z', {}, { event: 'ADDED' }, { viewerId: jug })
    await report('2026-03-02T00:00:00Z', {}, { reason: 'SIMILAR', algorithm: 'text-similarity' })
    const similar = { reason: 'SIMILAR', algorithm: 'text-similarity', shown: 1, clicked: 0, added: 0 }
    const popular = { reason: 'POPULAR', algorithm: 'popularity', shown: 4, clicked: 1, added: 1 }
    expect(await store().takeUpSince(new Date('2026-03-01T12:00:00Z'))).toEqual([popular, similar])
    await store().forgetFeedbackBefore(new Date('2026-03-02T12:00:00Z'))
    expect(await store().takeUpSince(new Date('2026-03-01'))).toEqual([
      { ...popular, shown: 1, clicked: 0, added: 0 },
      similar,
    ])
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
    expect(await store().productsOfVariants([blue])).toEqual(new Map([[blue, mug]]))
    await store().applyProducts([{ ...known, variantIds: [red], version: 2 }])
    await store().applyProducts([known])
    expect(await store().productsOfVariants([blue])).toEqual(new Map())
    expect(await store().productsOfVariants([red])).toEqual(new Map([[red, mug]]))
  })
})

describe('a list that becomes stale again while it is computed', () => {
  const known = (id: string, version: number): KnownProduct => ({
    id,
    slug: `${id}-${version}`,
    name: `Thing ${version}`,
    category: { slug: 'mugs', name: 'Mugs' },
    images: [],
    price: { amount: 250, currency: 'GBP' },
    highestPrice: { amount: 250, currency: 'GBP' },
    active: true,
    variantIds: [],
    version,
  })

  it('stays stale, when all lists are computed', async () => {
    const [one, two, three] = [newUuid(), newUuid(), newUuid()]
    await store().applyProducts([known(one, 1), known(two, 1)])
    const marks = await store().staleMarks()
    await store().applyProducts([known(two, 2), known(three, 1)])
    await store().removeMarks(marks)
    expect((await store().staleMarks()).map(({ productId }) => productId).sort()).toEqual([two, three].sort())
    expect(await store().countStale()).toBe(2)
  })

  it('is not taken while the change that makes it stale is being written', async () => {
    const [one, two] = [newUuid(), newUuid()]
    await store().applyProducts([known(one, 1), known(two, 1)])
    await database.transaction(async (transaction) => {
      await postgresRecommendationStore(transaction).applyProducts([known(one, 2)])
      expect(await store().takeStale(9)).toEqual([two])
    })
    expect(await store().takeStale(9)).toEqual([one])
  })
})
