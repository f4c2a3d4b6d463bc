import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createShop, type Shop } from './testing/shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await createShop()
})
afterAll(() => shop.stop())

async function pendingOrder() {
  const shopper = await shop.shopper()
  const { id }: { id: string } = await shop.placed(shopper.user, shopper.input)
  await shop.harness.settled()
  return { ...shopper, id }
}

describe('a checkout', () => {
  it('confirms an order that is reserved, paid and committed', async () => {
    const { id, user } = await pendingOrder()
    await shop.reserved(id)
    await shop.captured(id)
    await shop.committed(id)
    expect(await shop.order(id, user)).toMatchObject({ status: 'CONFIRMED', reason: null })
    expect(await shop.saidOf(id)).toEqual([
      'ReserveStock',
      'OrderPlaced',
      'CapturePayment',
      'CommitStock',
      'OrderConfirmed',
    ])
  })
})
