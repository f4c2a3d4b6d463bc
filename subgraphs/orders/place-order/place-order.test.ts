import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { orderPlaced } from '../../../contracts/orders.ts'
import { visitor, type Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { address, createShop, inputFor, type Json, type Shop } from '../testing/shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await createShop()
})
afterAll(() => shop.stop())

async function numberOfOrders(): Promise<number> {
  const { rows } = await shop.harness
    .databaseOf('orders')
    .query<{ n: number }>('select count(*)::int as n from "order"')
  return rows[0]?.n ?? 0
}

describe('an order that is placed', () => {
  it('is pending, with its lines and prices as sold', async () => {
    const { user, variantId, input } = await shop.shopper({ quantity: 3, price: 199 })
    const order = await shop.placed(user, input)
    expect(order).toMatchObject({
      __typename: 'Order',
      status: 'PENDING',
      reason: null,
      customer: { id: user.id },
      total: { amount: 597, currency: 'GBP' },
      lines: [
        {
          variant: { id: variantId },
          name: 'Mug, Red',
          unitPrice: { amount: 199 },
          quantity: 3,
          total: { amount: 597 },
        },
      ],
      shippingAddress: address,
      timeline: [{ status: 'PENDING', message: 'We have received your order.' }],
    })
    expect(order.number).toMatch(/^SK-[0-9A-HJKMNP-TV-Z]{8}$/)
    await shop.publishVariant({ variantId, price: 500, version: 2 })
    await shop.harness.settled()
    expect(await shop.order(order.id, user)).toMatchObject({ total: { amount: 597 } })
  })

  it('is published to everybody, and asks inventory first', async () => {
    const { user, input } = await shop.shopper()
    const { id, number } = await shop.placed(user, input)
    await shop.harness.settled()
    expect(await shop.publishedOf(id)).toEqual(['ReserveStock', 'OrderPlaced'])
    const published = (await shop.harness.published(orderPlaced)).find(({ subject }) => subject === id)
    expect(published?.data).toMatchObject({ userId: user.id, number, total: { amount: 500, currency: 'GBP' } })
  })

  it('waits for the shopper’s own last change of the cart', async () => {
    const { user, cart, variantId } = await shop.shopper()
    const changed = { ...cart, version: 4, lines: [{ lineId: newUuid(), variantId, quantity: 5 }] }
    const placing = shop.placed(user, inputFor(changed, 1250))
    await shop.publishCart(user, changed)
    expect(await placing).toMatchObject({ status: 'PENDING', total: { amount: 1250 } })
  })

  it('may be placed again from the same cart when it was rejected', async () => {
    const { user, variantId, input } = await shop.shopper()
    const first = await shop.placed(user, input)
    await shop.harness.settled()
    await shop.refused(first.id, variantId)
    const again = await shop.placed(user, { ...input, idempotencyKey: newUuid() })
    expect(again).toMatchObject({ status: 'PENDING' })
    expect(again.id).not.toBe(first.id)
  })
})

describe('placing an order is refused', () => {
  it('with an empty cart, or none', async () => {
    const { user, cart } = await shop.shopper()
    const emptied = { ...cart, version: 4, lines: [] }
    await shop.publishCart(user, emptied)
    await shop.harness.settled()
    const input = inputFor(emptied, 0)
    expect(await shop.placed(user, input)).toMatchObject({ code: 'CART_EMPTY' })
    const newcomer: Viewer = { ...user, id: newUuid() }
    expect(await shop.placed(newcomer, { ...input, cartVersion: 0 })).toMatchObject({ code: 'CART_EMPTY' })
  })

  it('with a cart that has changed since, or that orders does not know in time', async () => {
    const { user, input } = await shop.shopper()
    for (const cartVersion of [2, 9]) {
      const refusal = await shop.placed(user, { ...input, cartVersion })
      const message = 'Your cart has changed since you looked at it; read it again.'
      expect(refusal).toMatchObject({ code: 'CART_CHANGED', message })
    }
  })

  it('at another price than the shopper saw', async () => {
    const { user, input } = await shop.shopper({ quantity: 2, price: 250 })
    expect(await shop.placed(user, { ...input, expectedTotal: 499 })).toMatchObject({
      __typename: 'PriceChanged',
      code: 'PRICE_CHANGED',
      message: 'The total is £5.00 now; it was £4.99.',
      expectedTotal: { amount: 499, currency: 'GBP' },
      currentTotal: { amount: 500, currency: 'GBP' },
    })
  })

  it('for more than there is', async () => {
    const { user, variantId, input } = await shop.shopper({ quantity: 2, available: 1 })
    expect(await shop.placed(user, input)).toMatchObject({
      code: 'OUT_OF_STOCK',
      shortages: [{ variant: { id: variantId }, requested: 2, available: 1 }],
    })
  })

  it('for what is not sold any more', async () => {
    const { user, variantId, productId, input } = await shop.shopper()
    await shop.publishVariant({ variantId, productId, status: 'DISCONTINUED', version: 2 })
    await shop.harness.settled()
    expect(await shop.placed(user, input)).toMatchObject({ code: 'OUT_OF_STOCK', shortages: [{ available: 0 }] })
  })

  it('to whoever is not signed in', async () => {
    const { input } = await shop.shopper()
    for (const viewer of [visitor, { kind: 'guest', id: newUuid() } as const]) {
      expect((await shop.place(viewer, input)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }])
    }
  })

  it.each([
    ['idempotencyKey', { idempotencyKey: 'short' }],
    ['idempotencyKey', { idempotencyKey: 'k'.repeat(201) }],
    ['idempotencyKey', { idempotencyKey: ' '.repeat(8) }],
    ['idempotencyKey', { idempotencyKey: 'tab\tinside it' }],
    ['cartVersion', { cartVersion: -1 }],
    ['expectedTotal', { expectedTotal: -1 }],
    ['paymentMethodToken', { paymentMethodToken: '' }],
    ['paymentMethodToken', { paymentMethodToken: '4111 1111 1111 1111' }],
    ['paymentMethodToken', { paymentMethodToken: 't'.repeat(256) }],
    ['shippingAddress.recipient', { shippingAddress: { ...address, recipient: ' ' } }],
    ['shippingAddress.postcode', { shippingAddress: { ...address, postcode: '12345' } }],
    ['shippingAddress.country', { shippingAddress: { ...address, country: 'UK' } }],
  ])('when %s breaks a rule, and nothing changes', async (field, wrong) => {
    const { user, input } = await shop.shopper()
    const before = await numberOfOrders()
    expect(await shop.placed(user, { ...input, ...wrong })).toMatchObject({ code: 'INVALID_INPUT', field })
    expect(await numberOfOrders()).toBe(before)
  })
})

describe('an idempotency key', () => {
  it('returns the same order again, though the cart is empty by now', async () => {
    const { user, cart, input } = await shop.shopper()
    const first = await shop.placed(user, input)
    await shop.publishCart(user, { ...cart, version: 4, lines: [] })
    await shop.harness.settled()
    const respelt = { ...input, shippingAddress: { ...address, postcode: 'sw1y4jh' } }
    for (const repeat of [input, respelt]) expect((await shop.placed(user, repeat)).id).toBe(first.id)
  })

  it('is refused with another input', async () => {
    const { user, input } = await shop.shopper()
    await shop.placed(user, input)
    const other = { ...input, paymentMethodToken: 'tok_other' }
    expect(await shop.placed(user, other)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  it('is each user’s own', async () => {
    const [ada, bea] = [await shop.shopper(), await shop.shopper()]
    const first = await shop.placed(ada.user, ada.input)
    const second = await shop.placed(bea.user, { ...bea.input, idempotencyKey: ada.input.idempotencyKey })
    expect(second).toMatchObject({ status: 'PENDING' })
    expect(second.id).not.toBe(first.id)
  })

  it('stands for one order, though ten requests bring it at once', async () => {
    const { user, input } = await shop.shopper()
    const before = await numberOfOrders()
    const orders: Json[] = await Promise.all(Array.from({ length: 10 }, () => shop.placed(user, input)))
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1)
    expect(await numberOfOrders()).toBe(before + 1)
  })

  it('does not let a double click order one cart twice', async () => {
    const { user, input } = await shop.shopper()
    const clicks: Json[] = await Promise.all(
      [input, { ...input, idempotencyKey: newUuid() }].map((click) => shop.placed(user, click)),
    )
    expect(clicks.map(({ code }) => code).sort()).toEqual(['CONFLICT', undefined])
    expect(clicks.find(({ code }) => code)?.message).toBe('This cart has been ordered already; look among your orders.')
  })
})
