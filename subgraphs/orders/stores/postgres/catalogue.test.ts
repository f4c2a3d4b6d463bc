import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { newUuid } from '../../../../platform/ids.ts'
import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { openTestStores, type TestStores } from '../../../../tests/support/stores.ts'
import { postgresReadModels } from './read-models.ts'
import type { OrderStores } from '../store.ts'
import { postgresOrderStores } from './stores.ts'

let opened: TestStores<OrderStores>
let database: PostgresDatabase
let productId: string

beforeAll(async () => {
  opened = await openTestStores('orders', postgresOrderStores)
  database = opened.database
})
beforeEach(() => {
  productId = newUuid()
})
afterAll(() => opened.close())

function apply(version: number, ...variantIds: string[]): Promise<void> {
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
  it('is what it has now: the rest is forgotten, and does not come back with late messages', async () => {
    const [kept, removed] = [newUuid(), newUuid()]
    await apply(1, kept, removed)
    await apply(2, kept)
    expect(await known()).toEqual([[kept, 200]])
    await apply(1, kept, removed)
    expect(await known()).toEqual([[kept, 200]])
  })

  it('may come back, in a newer version', async () => {
    const [kept, removed] = [newUuid(), newUuid()].toSorted()
    await apply(1, String(kept), String(removed))
    await apply(2, String(kept))
    await apply(3, String(kept), String(removed))
    expect(await known()).toEqual([
      [kept, 300],
      [removed, 300],
    ])
  })

  it('is replaced whole where all of its variants are others', async () => {
    const [first, second] = [newUuid(), newUuid()]
    await apply(1, first)
    await apply(2, second)
    await apply(1, first)
    expect(await known()).toEqual([[second, 200]])
  })

  it('is the newest, in whatever order two processes apply it at once', async () => {
    const kept = newUuid()
    await apply(1, kept)
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? apply(2, kept, newUuid()) : apply(3, kept))),
    )
    expect(await known()).toEqual([[kept, 300]])
  })

  it('is not touched by what is published of others', async () => {
    const [mine, other] = [newUuid(), newUuid()]
    await apply(5, mine)
    const before = [productId, await known()] as const
    productId = newUuid()
    await apply(1, other)
    expect(await known()).toEqual([[other, 100]])
    productId = before[0]
    expect(await known()).toEqual(before[1])
  })
})
