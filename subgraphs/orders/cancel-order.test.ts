import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { orderCancelled } from '../../contracts/orders.ts'
import { visitor } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { createShop, newUser, staff, type Shop } from './testing/shop.ts'

let shop: Shop
/** Where cancelling waits for hardly anything. */
let hastyShop: Shop

beforeAll(async () => {
  shop = await createShop({ ORDERS_CANCEL_WAIT_MS: 15_000 })
  hastyShop = await createShop({ ORDERS_CANCEL_WAIT_MS: 20 })
})
afterAll(async () => {
  await shop.stop()
  await hastyShop.stop()
})

async function confirmed(at = shop) {
  const placed = await at.pending()
  await at.reserved(placed.id)
  await at.captured(placed.id)
  await at.committed(placed.id)
  return placed
}

/** Resolves when orders has asked for it. */
async function asked(id: string, command: string): Promise<void> {
  await expect.poll(() => shop.publishedOf(id), { timeout: 5_000 }).toContain(command)
}

describe('cancelling an order', () => {
  it('that is confirmed gives stock and money back, and answers when it has', async () => {
    const { id, user } = await confirmed()
    const cancelling = shop.cancel(id, user)
    await asked(id, 'RefundPayment')
    await shop.refunded(id)
    await shop.released(id)
    expect(await cancelling).toMatchObject({ id, status: 'CANCELLED', reason: null })
    expect((await shop.publishedOf(id)).slice(-3)).toEqual(['ReleaseStock', 'RefundPayment', 'OrderCancelled'])
    expect(await shop.harness.published(orderCancelled)).toMatchObject([{ subject: id, data: { userId: user.id } }])
  })

  it('answers with the order as it is when that takes too long', async () => {
    const { id, user } = await confirmed(hastyShop)
    expect(await hastyShop.cancel(id, user)).toMatchObject({ status: 'CONFIRMED' })
    await hastyShop.refunded(id)
    await hastyShop.released(id)
    expect(await hastyShop.order(id, user)).toMatchObject({
      status: 'CANCELLED',
      timeline: [{}, {}, {}, {}, { message: 'We are cancelling your order.' }, { status: 'CONFIRMED' }, {}],
    })
  })

  it('that is pending goes on to the next answer, and gives that back', async () => {
    const { id, user } = await shop.pending()
    const cancelling = shop.cancel(id, user)
    await expect.poll(() => shop.order(id, user)).toMatchObject({ timeline: [{}, {}] })
    await shop.reserved(id)
    expect((await shop.publishedOf(id)).at(-1)).toBe('ReleaseStock')
    await shop.released(id)
    expect(await cancelling).toMatchObject({ status: 'CANCELLED' })
  })

  it('gives nothing back before it is known whether the payment was captured', async () => {
    const { id, user } = await hastyShop.pending()
    await hastyShop.reserved(id)
    expect(await hastyShop.cancel(id, user)).toMatchObject({ status: 'PENDING' })
    expect((await hastyShop.publishedOf(id)).at(-1)).toBe('CapturePayment')
    await hastyShop.captured(id)
    expect((await hastyShop.publishedOf(id)).slice(-2)).toEqual(['ReleaseStock', 'RefundPayment'])
  })

  it('twice is once', async () => {
    const { id, user } = await confirmed()
    const [first, second] = [shop.cancel(id, user), shop.cancel(id, user)]
    await asked(id, 'RefundPayment')
    await shop.refunded(id)
    await shop.released(id)
    for (const answer of [await first, await second, await shop.cancel(id, user)]) {
      expect(answer).toMatchObject({ status: 'CANCELLED' })
    }
    expect((await shop.publishedOf(id)).filter((type) => type === 'RefundPayment')).toHaveLength(1)
  })

  it('may be done by staff', async () => {
    const { id } = await confirmed(hastyShop)
    expect(await hastyShop.cancel(id, staff)).toMatchObject({ id })
  })

  it('is refused once it was rejected or delivered', async () => {
    const { id, user, variantId } = await shop.pending()
    await shop.refused(id, variantId)
    expect(await shop.cancel(id, user)).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' })
    await shop.harness.databaseOf('orders').query(`update "order" set status = 'DELIVERED' where id = $1`, [id])
    expect(await shop.cancel(id, user)).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' })
  })

  it('that is another’s, or that there is not, is not found', async () => {
    const { id } = await confirmed()
    for (const unknown of [id, newUuid(), 'no-id-at-all']) {
      expect(await shop.cancel(unknown, newUser())).toMatchObject({ code: 'NOT_FOUND' })
    }
    expect((await shop.publishedOf(id)).at(-1)).toBe('OrderConfirmed')
  })

  it('needs somebody who is signed in', async () => {
    const { id } = await confirmed()
    for (const viewer of [visitor, { kind: 'guest', id: newUuid() } as const]) {
      expect(await shop.cancel(id, viewer)).toMatchObject([{ code: 'UNAUTHENTICATED' }])
    }
  })
})
