import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { systemClock } from '../../../../platform/clock.ts'
import { newUuid } from '../../../../platform/ids.ts'
import { databaseWith, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { openTestStores, type TestStores } from '../../../../tests/support/stores.ts'
import { initialCheckout, type Checkout } from '../../domain/checkout.ts'
import type { Step } from '../../domain/history.ts'
import type { Order } from '../../domain/order.ts'
import { placeOrderInput } from '../../graph/inputs.ts'
import { digestOf } from '../../place-order/input-digest.ts'
import { placingOrders } from '../../place-order/place-order.ts'
import type { OrderStore, OrderStores } from '../store.ts'
import { postgresReadModels } from './read-models.ts'
import { postgresOrderStore } from './store.ts'
import { address } from '../../testing/shop.ts'
import { postgresNotifications } from '../../../../platform/postgres/notifications.ts'
import { postgresOrderStores } from './stores.ts'

let opened: TestStores<OrderStores>
let database: PostgresDatabase
let store: OrderStore

beforeAll(async () => {
  opened = await openTestStores('orders', postgresOrderStores)
  database = opened.database
  store = postgresOrderStore(database)
})
afterAll(() => opened.close())

const at = new Date('2026-01-01T12:00:00.123Z')
const reserving: Checkout = { ...initialCheckout, state: 'RESERVING', attempt: 1 }

function newOrder(given: Partial<Order> = {}): Order {
  return {
    id: newUuid(),
    number: `SK-${newUuid()}`,
    userId: newUuid(),
    lines: [1, 2].map((quantity) => ({
      id: newUuid(),
      cartLineId: newUuid(),
      variantId: newUuid(),
      productId: newUuid(),
      name: 'Mug, Red',
      unitPrice: { amount: 250, currency: 'GBP' },
      quantity,
    })),
    total: { amount: 750, currency: 'GBP' },
    shippingAddress: address,
    placedAt: at,
    updatedAt: at,
    cart: { cartId: newUuid(), version: 3 },
    checkout: reserving,
    version: 1,
    ...given,
  }
}

function step(message: string): Step {
  return { at, kind: 'EVENT', message, attempt: 1, traceId: null, detail: null, status: 'PENDING' }
}

async function insert(order: Order, { key = newUuid(), patience = 60_000 } = {}): Promise<boolean> {
  const steps = [step('orders.OrderPlaced'), step('inventory.ReserveStock')]
  return store.insert({ order, paymentMethodToken: 'tok_approve', steps, patience, key: { key, digest: 'd' } })
}

describe('an order in the store', () => {
  it('comes back as it was written, with its steps in order', async () => {
    const order = newOrder()
    expect(await insert(order)).toBe(true)
    expect(await store.byIds([order.id])).toEqual([order])
    expect(await store.lock([order.id])).toEqual(new Map([[order.id, { order, paymentMethodToken: 'tok_approve' }]]))
    const steps = await store.steps([order.id])
    expect(steps.map(({ message }) => message)).toEqual(['orders.OrderPlaced', 'inventory.ReserveStock'])
  })

  it('is not written, nor anything of it, when its key, its number or its cart is taken', async () => {
    const key = newUuid()
    const order = newOrder()
    await insert(order, { key })
    const { userId, number, cart } = order
    for (const [given, options] of [
      [{ userId }, { key }],
      [{ number }, {}],
      [{ cart }, {}],
    ] as const) {
      const another = newOrder(given)
      expect(await insert(another, options)).toBe(false)
      expect(await store.byIds([another.id])).toEqual([])
      expect(await store.steps([another.id])).toEqual([])
    }
    expect(await store.keyed(userId, key)).toEqual({ orderId: order.id, digest: 'd' })
    expect(await store.keyed(userId, 'another key')).toBeUndefined()
  })

  it('leaves its cart free when it has been rejected', async () => {
    const order = newOrder()
    await insert(order)
    expect(await store.isOrdered(order.cart ?? never())).toBe(true)
    const checkout: Checkout = { ...reserving, state: 'REJECTED', status: 'REJECTED', reason: 'OUT_OF_STOCK' }
    await store.save({ ...order, version: 2, checkout }, { steps: [step('orders.OrderRejected')], patience: null })
    expect(await store.byIds([order.id])).toEqual([{ ...order, version: 2, checkout }])
    expect(await store.isOrdered(order.cart ?? never())).toBe(false)
    expect(await insert(newOrder({ cart: order.cart }))).toBe(true)
  })

  it('cannot be confirmed without stock and money, whatever a bug may ask for', async () => {
    const order = newOrder()
    await insert(order)
    const checkout: Checkout = { ...reserving, state: 'COMPLETED', status: 'CONFIRMED' }
    await expect(store.save({ ...order, version: 2, checkout }, { steps: [], patience: null })).rejects.toThrow(
      'violates check constraint',
    )
  })
})

describe('orders whose answers are overdue', () => {
  it('are each claimed by one, and hidden from the others', async () => {
    const due = newOrder()
    await insert(due, { patience: 0 })
    await insert(newOrder(), { patience: 60_000 })
    const claims = await Promise.all([store.claimDue(10, 60_000), store.claimDue(10, 60_000)])
    expect(claims.flat()).toEqual([{ orderId: due.id, version: 1 }])
  })

  it('come again when whoever claimed them did nothing', async () => {
    const due = newOrder()
    await insert(due, { patience: 0 })
    await store.claimDue(10, 0)
    expect(await store.claimDue(10, 60_000)).toContainEqual({ orderId: due.id, version: 1 })
  })
})

describe('an order number', () => {
  it('is drawn again when it is taken', async () => {
    const taken = newOrder({ number: 'SK-TAKEN000' })
    await insert(taken)
    const numbers = ['SK-TAKEN000', 'SK-TAKEN000', 'SK-FREE0000']
    const { placeOrder, input, userId } = await readyToPlace(() => numbers.shift() ?? never())
    expect(await placeOrder(input, userId)).toMatchObject({ kind: 'ORDER', order: { number: 'SK-FREE0000' } })
  })

  it('that is never free is given up on, and the shopper may try again', async () => {
    await insert(newOrder({ number: 'SK-ALWAYS00' }))
    const { placeOrder, input, userId } = await readyToPlace(() => 'SK-ALWAYS00')
    expect(await placeOrder(input, userId)).toMatchObject({ kind: 'TRY_AGAIN' })
  })
})

describe('the digest of an input', () => {
  const input = {
    idempotencyKey: 'a key of eight or more',
    cartVersion: 1,
    expectedTotal: 500,
    shippingAddress: address,
    paymentMethodToken: 'tok_approve',
  }
  const digest = (given: object) => digestOf(placeOrderInput.parse({ ...input, ...given }))

  it('is the same whatever the key and the order of the fields', () => {
    const { recipient, ...rest } = address
    expect(digest({ idempotencyKey: 'another key', shippingAddress: { ...rest, recipient } })).toBe(digest({}))
  })

  it.each([{ cartVersion: 2 }, { expectedTotal: 501 }, { paymentMethodToken: 'tok_other' }])(
    'is another with %o',
    (change) => {
      expect(digest(change)).not.toBe(digest({}))
    },
  )
})

/** A user with a mug in the cart, and what places an order for it. */
async function readyToPlace(newNumber: () => string) {
  const [userId, variantId] = [newUuid(), newUuid()]
  const readModels = postgresReadModels(database)
  const price = { amount: 250, currency: 'GBP' }
  const variants = [{ variantId, name: 'Mug', price, onSale: true }]
  await readModels.applyProducts([{ productId: newUuid(), version: 1, variants }])
  const lines = [{ lineId: newUuid(), variantId, quantity: 2 }]
  await readModels.applyCarts([{ cartId: newUuid(), version: 1, owner: { kind: 'user', id: userId }, lines }])
  const placeOrder = placingOrders({
    ...{ readModels, notifications: postgresNotifications(database), clock: systemClock, newId: newUuid, newNumber },
    ...{ database: databaseWith(database, postgresOrderStore), cartWait: 50, stepDeadline: 60_000 },
  })
  const input = placeOrderInput.parse({
    idempotencyKey: newUuid(),
    cartVersion: 1,
    expectedTotal: 500,
    shippingAddress: address,
    paymentMethodToken: 'tok_approve',
  })
  return { placeOrder, input, userId }
}

function never(): never {
  throw new Error('this cannot be')
}
