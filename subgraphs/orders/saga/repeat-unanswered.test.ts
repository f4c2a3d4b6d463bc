import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createShop, staff, type Shop } from '../testing/shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await createShop({ ORDERS_STEP_DEADLINE_MS: 100 })
})
afterAll(() => shop.stop())

describe('a command that nobody answers', () => {
  it('is sent again, and the flight recorder shows it', async () => {
    const { id } = await shop.pending()
    await expect
      .poll(() => shop.publishedOf(id), { timeout: 10_000 })
      .toEqual([...['ReserveStock', 'OrderPlaced', 'ReserveStock']])
    const { saga } = await shop.order(id, staff)
    expect(saga.steps.slice(2)).toMatchObject([
      { kind: 'TIMEOUT', message: 'inventory.ReserveStock', attempt: 1, detail: 'no answer in time' },
      { kind: 'COMMAND', message: 'inventory.ReserveStock', attempt: 2 },
    ])
  })

  it('is not sent again once it is answered', async () => {
    const { id, user, variantId } = await shop.pending()
    await shop.refused(id, variantId)
    const before = await shop.publishedOf(id)
    const { rows } = await shop.harness.databaseOf('orders').query('select due_at from "order" where id = $1', [id])
    expect(rows).toEqual([{ due_at: null }])
    expect(await shop.order(id, user)).toMatchObject({ status: 'REJECTED' })
    expect(await shop.publishedOf(id)).toEqual(before)
  })
})
