import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import { address, type Json } from '../support/shopping.ts'
import { addToCart, settledOrder } from '../support/shopper.ts'
import { openShop, variantsOf, type Shop } from './shop.ts'

// Which price binds: docs/decisions/0014-cart-keeps-what-it-shows.md.

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterAll(() => shop.stop())

async function setPrice(variantId: string, amount: number): Promise<void> {
  const query = `mutation ($id: ID!, $amount: MinorUnits!) {
    setPrice(variantId: $id, amount: $amount) { ... on ProductVariant { price { amount } } }
  }`
  const { data } = await shop.staff.send(query, { id: variantId, amount })
  expect(data.setPrice.price).toEqual({ amount })
}

async function cart(): Promise<Json> {
  return (await shop.shopper.run('WebCart')).data.cart
}

async function place(cartVersion: number, expectedTotal: number): Promise<Json> {
  const input = { idempotencyKey: newUuid(), cartVersion, expectedTotal, shippingAddress: address }
  const { data } = await shop.shopper.run('WebPlaceOrder', { input: { ...input, paymentMethodToken: 'tok_approve' } })
  return data.placeOrder
}

/** An order whose lines, total and payment are of one price list. */
async function expectConsistent(id: string, total: number): Promise<void> {
  await settledOrder(shop.shopper, id)
  const { order } = (await shop.shopper.run('WebOrder', { id })).data
  expect(order).toMatchObject({ status: 'CONFIRMED', total: { amount: total }, payment: { amount: { amount: total } } })
  const totals: number[] = order.lines.map(({ unitPrice, quantity }: Json) => unitPrice.amount * quantity)
  expect(totals.reduce((sum, amount) => sum + amount, 0)).toBe(total)
}

describe('when a price is set while it lies in a cart', () => {
  it('and the catalogue’s state has arrived, then cart and order have the new one and the old total is refused', async () => {
    const [variantId = ''] = variantsOf(shop.products.slice(3, 4))
    const shown = await cart()
    const before = Number(shown.subtotal.amount)
    await setPrice(variantId, 1_003)
    await shop.harness.settled()
    const after = before + 2 * (1_003 - 103)
    expect(await place(shown.version, before)).toMatchObject({
      code: 'PRICE_CHANGED',
      expectedTotal: { amount: before },
      currentTotal: { amount: after },
    })
    const again = await cart()
    expect([again.version, again.subtotal.amount]).toEqual([shown.version, after])
    const { id } = await place(again.version, after)
    await expectConsistent(id, after)
  })

  it('at the moment of the order, then the order is of the total that was shown, or is refused with the new one', async () => {
    const [variantId = ''] = variantsOf(shop.products.slice(20, 21))
    for (const [at, amount] of [501, 502, 503].entries()) {
      await shop.harness.settled()
      await addToCart(shop.shopper, variantId)
      await shop.harness.settled()
      const shown = await cart()
      const total = Number(shown.subtotal.amount)
      const [placed] = await Promise.all([place(shown.version, total), setPrice(variantId, amount)])
      if (placed.code === undefined) {
        await expectConsistent(placed.id, total)
        continue
      }
      expect([at, placed]).toMatchObject([at, { code: 'PRICE_CHANGED', currentTotal: { amount } }])
      await shop.shopper.send('mutation { clearCart { __typename } }')
    }
  })
})
