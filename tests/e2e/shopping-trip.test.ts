import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { services } from '../../deploy/nats/services.ts'
import type { OpenStores } from '../../embedded/stores.ts'
import { createClient, eventually, type Client, type Json } from '../support/shopping.ts'
import {
  addToCart,
  newVariant,
  password,
  placeOrder,
  settledOrder,
  signIn,
  signUp,
  someVariants,
} from '../support/shopper.ts'
import { startTestSouk, topology, type TestSouk } from '../support/souk.ts'

let souk: TestSouk
let staff: Client

beforeAll(async () => {
  souk = await startTestSouk()
  staff = await signIn(souk.url, demoAccounts[1])
})

afterAll(() => souk.stop())

async function mailsTo(email: string): Promise<string[]> {
  const folder = join(souk.dataDir, 'mail')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
  const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return mails.filter((mail) => mail.includes(`To: ${email}`))
}

describe('a guest', () => {
  it('fills a cart, signs up, keeps it, orders, and finds the order paid, sent for and notified of', async () => {
    const guest = createClient(souk.url)
    const started = await guest.run('MobileStart')
    guest.token = started.data.startGuestSession.accessToken
    const [first, second] = await someVariants(guest, 2)
    await addToCart(guest, first?.id ?? '', 2)
    const filled = await addToCart(guest, second?.id ?? '')
    expect(filled.itemCount).toBe(3)

    const ordering = await placeOrder(guest)
    expect(ordering.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')

    const shopper = await signUp(souk.url, { guestToken: guest.token })
    const { data: kept } = await shopper.run('WebCart')
    expect(kept.cart.lines.map((line: Json) => [line.variant.id, line.quantity])).toEqual([
      [first?.id, 2],
      [second?.id, 1],
    ])
    expect(kept.cart.subtotal.amount).toBe(
      kept.cart.lines.reduce((sum: number, line: Json) => sum + line.variant.price.amount * line.quantity, 0),
    )

    const placed = await placeOrder(shopper)
    expect(placed.data.placeOrder).toMatchObject({ status: 'PENDING', total: kept.cart.subtotal })
    const order = await settledOrder(shopper, placed.data.placeOrder.id)
    expect(order).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED', amount: kept.cart.subtotal } })

    const emptied = await eventually(
      () => shopper.run('WebCart'),
      ({ data }) => data.cart.lines.length === 0,
      { what: 'the cart is empty' },
    )
    expect(emptied.data.cart).toMatchObject({ itemCount: 0, subtotal: { amount: 0 } })
    const notified = await eventually(
      () => shopper.run('WebOrder', { id: order.id }),
      ({ data }) => data.order.notifications[0]?.status === 'SENT',
      { what: 'the mail about the order is sent' },
    )
    expect(notified.data.order.notifications).toMatchObject([{ channel: 'EMAIL', template: 'order-confirmed' }])
    const mails = await mailsTo(shopper.email)
    expect(mails.filter((mail) => mail.includes(order.number))).toHaveLength(1)

    const { data: account } = await shopper.run('WebAccount', { first: 5 })
    expect(account.me.orders).toMatchObject({ totalCount: 1, edges: [{ node: { id: order.id, status: 'CONFIRMED' } }] })
  })
})

describe('stock', () => {
  it('is taken by what is bought, and comes back when the order is cancelled, with the money', async () => {
    const variantId = await newVariant(staff, 5)
    const shopper = await signUp(souk.url)
    await addToCart(shopper, variantId, 2)
    const placed = await placeOrder(shopper)
    const order = await settledOrder(shopper, placed.data.placeOrder.id)
    expect(await availableOf(shopper, order)).toBe(3)

    const cancelled = await shopper.run('WebCancelOrder', { id: order.id })
    expect(cancelled.data.cancelOrder).toMatchObject({
      status: 'CANCELLED',
      payment: { status: 'REFUNDED', refunded: order.total },
    })
    expect(await availableOf(shopper, order)).toBe(5)
    const again = await shopper.run('WebCancelOrder', { id: order.id })
    expect(again.data.cancelOrder.status).toBe('CANCELLED')
  })
})

async function availableOf(client: Client, order: Json): Promise<number> {
  const { data } = await client.send(
    'query ($id: ID!) { order(id: $id) { lines { variant { availability { quantity } } } } }',
    { id: order.id },
  )
  return data.order.lines[0].variant.availability.quantity
}

describe('a payment', () => {
  async function orderPaidBy(paymentMethodToken: string): Promise<{ shopper: Client; order: Json }> {
    const shopper = await signUp(souk.url)
    await addToCart(shopper, await newVariant(staff, 5), 2)
    const placed = await placeOrder(shopper, { paymentMethodToken })
    return { shopper, order: await settledOrder(shopper, placed.data.placeOrder.id) }
  }

  for (const token of ['tok_decline', 'tok_insufficient_funds', 'tok_nobody_knows']) {
    it(`that is declined rejects the order, gives stock back and leaves the cart: ${token}`, async () => {
      const { shopper, order } = await orderPaidBy(token)
      expect(order).toMatchObject({ status: 'REJECTED', reason: 'PAYMENT_DECLINED', payment: { status: 'DECLINED' } })
      expect(await availableOf(shopper, order)).toBe(5)
      const { data } = await shopper.run('WebCart')
      expect(data.cart.itemCount).toBe(2)
    })
  }

  for (const token of ['tok_slow', 'tok_error_then_success', 'tok_no_answer']) {
    it(`that has trouble on the way is captured once in the end: ${token}`, async () => {
      const { order } = await orderPaidBy(token)
      expect(order).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED', amount: order.total } })
    })
  }
})

describe('placing an order', () => {
  it('again with the same key returns the same order, even when the cart is empty by then', async () => {
    const shopper = await signUp(souk.url)
    await addToCart(shopper, await newVariant(staff, 5))
    const { data } = await shopper.run('WebCart')
    const input = {
      idempotencyKey: 'the-same-key',
      cartVersion: data.cart.version,
      expectedTotal: data.cart.subtotal.amount,
      paymentMethodToken: 'tok_approve',
    }
    const first = await placeOrder(shopper, input)
    await settledOrder(shopper, first.data.placeOrder.id)
    const second = await placeOrder(shopper, input)
    expect(second.data.placeOrder).toMatchObject({ id: first.data.placeOrder.id, status: 'CONFIRMED' })
    const other = await placeOrder(shopper, { ...input, expectedTotal: 1 })
    expect(other.data.placeOrder.code).toBe('IDEMPOTENCY_CONFLICT')
  })

  it('is refused for an empty or changed cart, another price, and too little stock', async () => {
    const shopper = await signUp(souk.url)
    const variantId = await newVariant(staff, 5, 1_000)
    const cart = await addToCart(shopper, variantId, 3)
    const changed = await placeOrder(shopper, { cartVersion: cart.version - 1 })
    expect(changed.data.placeOrder.code).toBe('CART_CHANGED')

    await staff.run('StaffSetPrice', { variantId, amount: 1_100 })
    const price = await eventually(
      () => placeOrder(shopper, { expectedTotal: 3_000 }),
      ({ data }) => data.placeOrder.code !== undefined,
      { what: 'the new price refuses the order' },
    )
    expect(price.data.placeOrder).toMatchObject({
      code: 'PRICE_CHANGED',
      expectedTotal: { amount: 3_000 },
      currentTotal: { amount: 3_300 },
    })

    await staff.run('StaffSetStock', { variantId, onHand: 2 })
    const short = await eventually(
      () => placeOrder(shopper, { expectedTotal: 3_300, paymentMethodToken: 'tok_decline' }),
      ({ data }) => data.placeOrder.code === 'OUT_OF_STOCK',
      { what: 'the new stock refuses the order' },
    )
    expect(short.data.placeOrder.shortages).toEqual([{ available: 2, variant: { id: variantId } }])

    await shopper.run('WebUpdateLine', { input: { lineId: cart.lines[0].id, quantity: 0 } })
    const empty = await placeOrder(shopper)
    expect(empty.data.placeOrder.code).toBe('CART_EMPTY')
  })

  it('names the field of an input that breaks a rule, and changes nothing', async () => {
    const shopper = await signUp(souk.url)
    await addToCart(shopper, await newVariant(staff, 5))
    const shippingAddress = { recipient: 'Ada', line1: '1 High Street', city: 'London', country: 'GB', postcode: '!' }
    const { data } = await placeOrder(shopper, { shippingAddress })
    expect(data.placeOrder).toMatchObject({ code: 'INVALID_INPUT', field: 'shippingAddress.postcode' })
    const { data: account } = await shopper.run('WebAccount', { first: 5 })
    expect(account.me.orders.totalCount).toBe(0)
  })
})

describe('an account', () => {
  it('cannot be made twice for one address', async () => {
    const shopper = await signUp(souk.url)
    const { data } = await createClient(souk.url).run('WebSignUp', {
      input: { email: shopper.email.toUpperCase(), password, name: 'Ada' },
    })
    expect(data.signUp.code).toBe('EMAIL_TAKEN')
  })
})

// Last, of all that was said above. Where processes are apart, it is NATS that holds each of them to it.
if (topology === 'embedded')
  describe('a service', () => {
    let open: OpenStores
    beforeAll(async () => {
      open = await souk.openStores()
    })
    afterAll(() => open.close())

    it('says what it has the right to say where it runs apart', async () => {
      const { rows } = await open.stores.bus.query<{ service: string; type: string }>(
        `select distinct substr(message ->> 'source', 7) as service, type
       from (select message, type from log union all select message, type from state) as said`,
      )
      expect(rows.length).toBeGreaterThan(10)
      const rights = new Map(services.map(({ name, publishes }) => [name, publishes.map(({ type }): string => type)]))
      expect(rows.filter(({ service, type }) => !rights.get(service)?.includes(type))).toEqual([])
    })

    it('hears what it has the right to hear there', async () => {
      const { rows } = await open.stores.bus.query<{ consumer: string; stream: string }>(
        'select distinct consumer, stream from subscription order by consumer',
      )
      const named = (stream: string) => rows.filter((row) => row.stream === stream).map(({ consumer }) => consumer)
      expect(named('state')).toEqual(services.flatMap(({ readers }) => readers).sort())
      const consuming = services.filter(({ consumes }) => consumes)
      expect(named('log')).toEqual(consuming.map(({ name }) => name).sort())
    })
  })
