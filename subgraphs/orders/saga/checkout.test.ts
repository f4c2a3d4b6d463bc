import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { commitStock } from '../../../contracts/inventory.ts'
import { orderConfirmed, orderRejected } from '../../../contracts/orders.ts'
import { capturePayment } from '../../../contracts/payments.ts'
import { createShop, staff, type Shop } from '../testing/shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await createShop()
})
afterAll(() => shop.stop())

describe('a checkout', () => {
  it('confirms an order that is reserved, paid and committed', async () => {
    const { id, user, cart } = await shop.pending()
    await shop.reserved(id)
    await shop.captured(id)
    await shop.committed(id)
    const order = await shop.order(id, user)
    expect(order).toMatchObject({ status: 'CONFIRMED', reason: null })
    expect(order.timeline.map(({ message }: { message: string }) => message)).toEqual([
      'We have received your order.',
      'Everything in it is set aside for you.',
      'Your payment went through.',
      'Your order is confirmed and is being packed.',
    ])
    const types = ['ReserveStock', 'OrderPlaced', 'CapturePayment', 'CommitStock', 'OrderConfirmed']
    expect(await shop.publishedOf(id)).toEqual(types)
    const confirmed = (await shop.harness.published(orderConfirmed)).find(({ subject }) => subject === id)
    expect(confirmed?.data.cart).toEqual({ cartId: cart.cartId, lines: cart.lines })
  })

  it('asks for the exact total, by the token that the shopper gave, and forgets it then', async () => {
    const { id, user, input } = await shop.pending()
    await shop.reserved(id)
    const asked = (await shop.harness.published(capturePayment)).find(({ subject }) => subject === id)
    expect(asked?.data).toEqual({
      orderId: id,
      userId: user.id,
      amount: { amount: 500, currency: 'GBP' },
      paymentMethodToken: input.paymentMethodToken,
    })
    await shop.captured(id)
    const { rows } = await shop.harness
      .databaseOf('orders')
      .query('select payment_method_token from "order" where id = $1', [id])
    expect(rows).toEqual([{ payment_method_token: null }])
  })

  it('sends the lines again with the commit, so that stock can be taken after an expiry', async () => {
    const { id, variantId } = await shop.pending()
    await shop.reserved(id)
    await shop.released(id, 'EXPIRED')
    await shop.captured(id)
    const asked = (await shop.harness.published(commitStock)).find(({ subject }) => subject === id)
    expect(asked?.data.lines).toEqual([{ variantId, quantity: 2 }])
  })

  it('rejects an order whose payment is declined, once its stock is free', async () => {
    const { id, user } = await shop.pending()
    await shop.reserved(id)
    await shop.declined(id)
    expect(await shop.order(id, user)).toMatchObject({ status: 'PENDING', reason: null })
    await shop.released(id)
    expect(await shop.order(id, user)).toMatchObject({ status: 'REJECTED', reason: 'PAYMENT_DECLINED' })
    const types = ['ReserveStock', 'OrderPlaced', 'CapturePayment', 'ReleaseStock', 'OrderRejected']
    expect(await shop.publishedOf(id)).toEqual(types)
    const rejected = (await shop.harness.published(orderRejected)).find(({ subject }) => subject === id)
    expect(rejected?.data.reason).toBe('PAYMENT_DECLINED')
  })

  it('rejects an order for which there is too little stock', async () => {
    const { id, user, variantId } = await shop.pending()
    await shop.refused(id, variantId)
    expect(await shop.order(id, user)).toMatchObject({ status: 'REJECTED', reason: 'OUT_OF_STOCK' })
    expect(await shop.publishedOf(id)).toEqual(['ReserveStock', 'OrderPlaced', 'OrderRejected'])
  })

  it('pays back when the hold had run out and the stock is gone', async () => {
    const { id, user, variantId } = await shop.pending()
    await shop.reserved(id)
    await shop.captured(id)
    await shop.refused(id, variantId)
    expect((await shop.publishedOf(id)).slice(-2)).toEqual(['ReleaseStock', 'RefundPayment'])
    await shop.released(id, 'EXPIRED')
    await shop.refunded(id)
    expect(await shop.order(id, user)).toMatchObject({ status: 'REJECTED', reason: 'OUT_OF_STOCK' })
  })
})

describe('an answer that comes again', () => {
  it('has one effect, whether the bus or the neighbour repeats it', async () => {
    const { id, user } = await shop.pending()
    await shop.reserved(id)
    await shop.harness.redeliver()
    await shop.reserved(id)
    await shop.captured(id)
    await shop.reserved(id)
    await shop.committed(id)
    await shop.captured(id)
    await shop.committed(id)
    expect(await shop.publishedOf(id)).toEqual([
      'ReserveStock',
      'OrderPlaced',
      'CapturePayment',
      'CommitStock',
      'OrderConfirmed',
    ])
    expect((await shop.order(id, user)).timeline).toHaveLength(4)
  })

  it('about an order that there is not becomes a dead letter', async () => {
    const before = await shop.harness.bus.countDeadLetters()
    await shop.committed('018f0000-0000-7000-8000-000000000000')
    await expect.poll(() => shop.harness.bus.countDeadLetters(), { timeout: 10_000 }).toBe(before + 1)
  })
})

describe('the flight recorder', () => {
  it('keeps every step, with what was asked, answered and given back', async () => {
    const { id } = await shop.pending()
    await shop.reserved(id)
    await shop.declined(id)
    await shop.declined(id)
    await shop.released(id)
    const { saga } = await shop.order(id, staff)
    expect(saga.state).toBe('REJECTED')
    const steps = saga.steps.map(({ kind, message, detail }: Record<string, string>) => [kind, message, detail])
    expect(steps).toEqual([
      ['EVENT', 'orders.OrderPlaced', null],
      ['COMMAND', 'inventory.ReserveStock', null],
      ['EVENT', 'inventory.StockReserved', 'held until 2026-01-01T00:15:00.000Z'],
      ['COMMAND', 'payments.CapturePayment', null],
      ['EVENT', 'payments.PaymentDeclined', 'card_declined'],
      ['COMPENSATION', 'inventory.ReleaseStock', null],
      ['EVENT', 'payments.PaymentDeclined', 'card_declined; too late'],
      ['EVENT', 'inventory.StockReleased', 'ASKED'],
      ['EVENT', 'orders.OrderRejected', 'PAYMENT_DECLINED'],
    ])
  })

  it('shows what is short, and the trace that a step belongs to', async () => {
    const { id, variantId } = await shop.pending()
    await shop.refused(id, variantId)
    const { saga } = await shop.order(id, staff)
    expect(saga.steps[2]).toMatchObject({ message: 'inventory.StockRefused', detail: 'Mug, Red: 2 wanted, 1 left' })
    expect(saga.steps[0].traceId).toMatch(/^[0-9a-f]{32}$/)
  })
})
