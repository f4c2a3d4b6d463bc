import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { cartState } from '../../contracts/cart.ts'
import { commitStock, reserveStock, stockCommitted, stockReserved, stockState } from '../../contracts/inventory.ts'
import { notificationSent } from '../../contracts/notifications.ts'
import { orderConfirmed, orderPlaced } from '../../contracts/orders.ts'
import { capturePayment, paymentCaptured } from '../../contracts/payments.ts'
import type { Contract } from '../../platform/messaging/contract.ts'
import type { Message } from '../../platform/messaging/message.ts'
import { traceIdOf } from '../../platform/telemetry/traceparent.ts'
import { faults } from '../support/misbehaving-server.ts'
import { addToCart, placeOrder, settledOrder } from '../support/shopper.ts'
import { fetchDeadline } from './graph.ts'
import { openShopOverHttp, type ShopOverHttp } from './over-http.ts'
import { variantsOf } from './shop.ts'

let shop: ShopOverHttp

beforeAll(async () => {
  shop = await openShopOverHttp()
})

afterEach(() => shop.passOn())
afterAll(() => shop.stop())

/** All that is published while an order is placed, paid and confirmed. */
const ofAnOrder: readonly Contract<object>[] = [
  ...[orderPlaced, reserveStock, stockReserved, capturePayment, paymentCaptured, commitStock, stockCommitted],
  ...[orderConfirmed, notificationSent, cartState, stockState],
]

const failure = (path: readonly (string | number)[]) => ({
  message: 'A part of the shop is not available just now.',
  path,
  extensions: {
    code: 'SUBGRAPH_UNAVAILABLE',
    retryable: true,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  },
})

describe.each(Object.entries(faults))('over HTTP, a subgraph that %s', (_name, behaviour) => {
  it('costs its own fields within the deadline, with one error each', async () => {
    const whole = await shop.shopper.run('WebOrder', { id: shop.orderId })
    expect(whole.errors).toEqual([])
    shop.wireTo('payments').behave(behaviour)
    const from = performance.now()
    const answer = await shop.shopper.run('WebOrder', { id: shop.orderId })
    expect(performance.now() - from).toBeLessThan(fetchDeadline * 2)
    expect(answer.data).toEqual({ order: { ...whole.data.order, payment: null } })
    expect(answer.errors).toEqual([failure(['order', 'payment'])])
  })
})

describe('over HTTP', () => {
  it('a change is sent once, whatever becomes of its answer, and whoever asked is not told to repeat it', async () => {
    const wire = shop.wireTo('cart')
    wire.forget()
    wire.behave(faults.resets)
    const variantId = shop.products[9]?.variants[0]?.id
    const { data, errors } = await shop.shopper.run('MobileQuickAdd', { variantId })
    expect(data).toBeNull()
    expect(errors).toMatchObject([{ path: ['addCartItem'], extensions: { retryable: false } }])
    expect(wire.arrived).toHaveLength(1)
  })

  it('a trace goes from the client through gateway and subgraphs, over the bus and back', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    await addToCart(shop.shopper, variantsOf(shop.products)[14] ?? '')
    const { data } = await placeOrder(shop.client(shop.shopper.token, `00-${traceId}-00f067aa0ba902b7-01`))
    await settledOrder(shop.shopper, data.placeOrder.id)
    await shop.harness.settled()
    const asked = shop.wireTo('orders').arrived.map(({ request }) => traceIdOf(String(request.headers.traceparent)))
    expect(asked).toContain(traceId)
    for (const contract of ofAnOrder) {
      const messages: readonly Message[] = await shop.harness.published<object>(contract)
      const traces = messages.map(({ traceparent }) => traceIdOf(traceparent))
      expect([contract.type, traces.includes(traceId)]).toEqual([contract.type, true])
    }
  })

  it('a line of the log of either end names the trace of the request that it is about', async () => {
    const traceId = 'a'.repeat(32)
    shop.wireTo('payments').behave(faults['answers with half of a JSON'])
    const client = shop.client(shop.shopper.token, `00-${traceId}-00f067aa0ba902b7-01`)
    const { errors } = await client.run('WebOrder', { id: shop.orderId })
    expect(errors).toMatchObject([{ extensions: { traceId } }])
    expect(shop.logged).toContainEqual(
      expect.objectContaining({ msg: 'a fetch failed', subgraph: 'payments', traceId }) as object,
    )
  })

  // Last, since it leaves cart alone for a while.
  it('a change that never left may be sent again', async () => {
    const wire = shop.wireTo('cart')
    wire.behave(faults.resets)
    const variantId = shop.products[9]?.variants[0]?.id
    for (let count = 0; count < 5; count += 1) await shop.shopper.run('MobileQuickAdd', { variantId })
    const { errors } = await shop.shopper.run('MobileQuickAdd', { variantId })
    expect(errors).toMatchObject([{ path: ['addCartItem'], extensions: { retryable: true } }])
  })
})
