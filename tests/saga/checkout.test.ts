import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { eventually } from '../support/shopping.ts'
import { newShopper, openShop, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.stop())

describe('a checkout among its real neighbours', () => {
  it('ends confirmed: stock taken, money captured once, the cart emptied', async () => {
    const [mug, shopper] = [await shop.variant({ price: 250, stock: 10 }), newShopper()]
    const { id, status } = await shop.buy(shopper, mug, { quantity: 2 })
    expect(status).toBe('PENDING')
    expect(await shop.ended(id)).toMatchObject({ status: 'CONFIRMED', reason: null })
    expect(await shop.stockOf(mug)).toEqual({ on_hand: 8, held: 0 })
    expect(await shop.paymentOf(id)).toMatchObject({ status: 'CAPTURED', amount: 500, captures: 1 })
    await eventually(
      () => shop.cartOf(shopper),
      ({ lines }) => lines.length === 0,
      { what: 'the cart is empty' },
    )
  })

  it.each(['tok_decline', 'tok_insufficient_funds'])('ends rejected by %s: stock back, cart intact', async (token) => {
    const [mug, shopper] = [await shop.variant(), newShopper()]
    const { id } = await shop.buy(shopper, mug, { quantity: 3, token })
    expect(await shop.ended(id)).toMatchObject({ status: 'REJECTED', reason: 'PAYMENT_DECLINED' })
    expect(await shop.stockOf(mug)).toEqual({ on_hand: 10, held: 0 })
    expect(await shop.paymentOf(id)).toMatchObject({ status: 'DECLINED', captures: 0 })
    expect(await shop.cartOf(shopper)).toMatchObject({ lines: [{ quantity: 3 }] })
  })

  it.each(['tok_error_then_success', 'tok_no_answer'])('ends confirmed by %s, charged once', async (token) => {
    const mug = await shop.variant()
    const { id } = await shop.buy(newShopper(), mug, { quantity: 1, token })
    expect(await shop.ended(id)).toMatchObject({ status: 'CONFIRMED' })
    expect(await shop.paymentOf(id)).toMatchObject({ status: 'CAPTURED', captures: 1 })
  })

  it('gives everything back when a confirmed order is cancelled', async () => {
    const [mug, shopper] = [await shop.variant(), newShopper()]
    const { id } = await shop.buy(shopper, mug, { quantity: 4 })
    await shop.ended(id)
    expect(await shop.cancel(shopper, id)).toEqual({ id, status: 'CANCELLED' })
    expect(await shop.stockOf(mug)).toEqual({ on_hand: 10, held: 0 })
    expect(await shop.paymentOf(id)).toMatchObject({ status: 'REFUNDED', refunded: 1_000 })
  })

  it('gives everything back once, however many cancel a confirmed order at once', async () => {
    const [mug, shopper] = [await shop.variant(), newShopper()]
    const { id } = await shop.buy(shopper, mug, { quantity: 4 })
    await shop.ended(id)
    const cancelled = await Promise.all(Array.from({ length: 5 }, () => shop.cancel(shopper, id)))
    expect(cancelled).toEqual(Array(5).fill({ id, status: 'CANCELLED' }))
    await shop.harness.redeliver()
    expect(await shop.stockOf(mug)).toEqual({ on_hand: 10, held: 0 })
    expect(await shop.paymentOf(id)).toMatchObject({ status: 'REFUNDED', refunded: 1_000, captures: 1 })
  })

  it('gives everything back to those who cancel while it is under way, at whatever step', async () => {
    const mug = await shop.variant({ stock: 24 })
    const cancelled = await Promise.all(
      Array.from({ length: 12 }, async (_, order) => {
        const shopper = newShopper()
        const { id } = await shop.buy(shopper, mug, { quantity: 2 })
        for (let looks = 0; looks < order % 6; looks += 1) await shop.order(id)
        return shop.cancel(shopper, id)
      }),
    )
    expect(cancelled.map(({ status }) => status)).toEqual(Array(12).fill('CANCELLED'))
    expect(await shop.stockOf(mug)).toEqual({ on_hand: 24, held: 0 })
    const payments = await Promise.all(cancelled.map(({ id }) => shop.paymentOf(id)))
    for (const payment of payments) expect([undefined, 'REFUNDED']).toContain(payment?.status)
  })

  it('gives everything back when it is cancelled while nobody knows of the payment', async () => {
    const [mug, shopper] = [await shop.variant(), newShopper()]
    const { id } = await shop.buy(shopper, mug, { quantity: 1, token: 'tok_no_answer' })
    await eventually(
      () => shop.paymentOf(id),
      (payment) => payment !== undefined,
      { what: 'the payment is recorded' },
    )
    expect(await shop.cancel(shopper, id)).toEqual({ id, status: 'CANCELLED' })
    expect(await shop.stockOf(mug)).toEqual({ on_hand: 10, held: 0 })
    expect(await shop.paymentOf(id)).toMatchObject({ status: 'REFUNDED', captures: 1 })
  })

  it('sells the last units once, to twenty who want them at the same moment', async () => {
    const mug = await shop.variant({ stock: 12 })
    const placed = await Promise.all(Array.from({ length: 20 }, () => shop.buy(newShopper(), mug, { quantity: 1 })))
    const orders = await Promise.all(placed.filter(({ id }) => id !== undefined).map(({ id }) => shop.ended(id)))
    expect(orders.filter(({ status }) => status === 'CONFIRMED')).toHaveLength(12)
    expect(await shop.stockOf(mug)).toEqual({ on_hand: 0, held: 0 })
  })
})
