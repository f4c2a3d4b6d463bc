import { afterAll, beforeAll, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import type { OpenStores } from '../../embedded/stores.ts'
import { startDistributedSouk, type DistributedTestSouk } from '../support/distributed-souk.ts'
import { addToCart, newVariant, signIn, signUp } from '../support/shopper.ts'
import { eventually, type Client } from '../support/shopping.ts'
import { orderFor, type PlaceOrder } from './orders.ts'

let souk: DistributedTestSouk
let staff: Client
let open: OpenStores

beforeAll(async () => {
  souk = await startDistributedSouk(
    // Many do the same at once here, on however few cores, and the server that stands in for MongoDB takes its time.
    {
      NODE_ENV: 'test',
      FETCH_DEADLINE_MS: '50000',
      MONGODB_TIMEOUT_MS: '20000',
      // All sign up from this machine.
      SIGN_UPS_PER_ADDRESS: '1000',
    },
    { replicas: 2 },
  )
  staff = await signIn(souk.url, demoAccounts[1])
  open = await souk.openStores()
})

afterAll(async () => {
  await open.close()
  await souk.stop()
})

/** So many people, each with one piece in the cart. Returns what each has to do to order it. */
async function shoppersWith(variantId: string, count: number): Promise<PlaceOrder[]> {
  const orders: PlaceOrder[] = []
  let left = count
  async function fillCarts(): Promise<void> {
    while (left-- > 0) {
      const client = await signUp(souk.url)
      await addToCart(client, variantId)
      orders.push(await orderFor(client))
    }
  }
  await Promise.all(Array.from({ length: 5 }, fillCarts))
  return orders
}

/** Repeats it under the same key until there is an answer, as who got none does. */
async function orderToTheEnd(order: PlaceOrder): Promise<string> {
  const { id } = await eventually(order, (answer) => answer.id !== undefined || answer.code === 'OUT_OF_STOCK', {
    what: 'an order is accepted, or known to be for more than there is',
    within: 120_000,
    every: 500,
  })
  return id ?? 'OUT_OF_STOCK'
}

type Ends = Readonly<Record<string, number>>

/** How many orders are in which state. */
async function endsOf(ids: readonly string[]): Promise<Ends> {
  const { rows } = await open.stores.orders.query<{ status: string; count: number }>(
    'select status, count(*)::int from "order" where id = any($1) group by status',
    [ids],
  )
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

async function untilAllEnded(ids: readonly string[]): Promise<Ends> {
  return eventually(
    () => endsOf(ids),
    ({ PENDING = 0 }) => PENDING === 0,
    {
      what: 'every order has ended',
      within: 120_000,
      every: 200,
    },
  )
}

/** What has become of a variant's stock, and how often somebody was charged for it. */
async function takenOf(variantId: string): Promise<{ stock: unknown; captures: number | undefined }> {
  const { inventory, payments } = open.stores
  const { rows: stock } = await inventory.query('select on_hand, held from stock where variant_id = $1', [variantId])
  const { rows: orders } = await inventory.query<{ order_id: string }>(
    'select order_id from reservation where lines @> jsonb_build_array(jsonb_build_object($1::text, $2::text))',
    ['variantId', variantId],
  )
  const { rows: charged } = await payments.query<{ captures: number }>(
    'select sum(captures)::int as captures from test_provider.charge where key = any($1)',
    [orders.map(({ order_id }) => order_id)],
  )
  return { stock: stock[0], captures: charged[0]?.captures }
}

async function expectLawsToHold(): Promise<void> {
  const broken = await eventually(
    async () => (await souk.audit()).filter(({ violations }) => violations.length > 0),
    (findings) => findings.length === 0,
    { what: 'every law holds', within: 60_000, every: 1_000 },
  )
  expect(broken).toEqual([])
}

it('sells 60 of 60 to 100 shoppers at once, and charges for just those', { timeout: 300_000 }, async () => {
  const variantId = await newVariant(staff, 60)
  const orders = await shoppersWith(variantId, 100)
  const outcomes = await Promise.all(orders.map(orderToTheEnd))
  const ids = outcomes.filter((outcome) => outcome !== 'OUT_OF_STOCK')
  expect(new Set(ids).size).toBe(ids.length)
  // Who came when it was known to be sold out has no order at all.
  expect(await untilAllEnded(ids)).toEqual({ CONFIRMED: 60, ...(ids.length > 60 && { REJECTED: ids.length - 60 }) })
  expect(await takenOf(variantId)).toEqual({ stock: { on_hand: 0, held: 0 }, captures: 60 })
  await expectLawsToHold()
})

it('takes over what a killed replica had in hand, and does nothing twice', { timeout: 300_000 }, async () => {
  const variantId = await newVariant(staff, 30)
  const orders = await shoppersWith(variantId, 30)
  const ordering = Promise.all(orders.map(orderToTheEnd))
  await eventually(
    async () => (await takenOf(variantId)).captures ?? 0,
    (captures) => captures > 0,
    { what: 'the first are charged', every: 20 },
  )
  const lost = ['orders-2', 'inventory-2', 'payments-2'].flatMap((name) => souk.distributed.processes.get(name) ?? [])
  expect(lost).toHaveLength(3)
  await Promise.all(lost.map((replica) => replica.kill()))
  const ids = await ordering
  expect(new Set(ids).size).toBe(30)
  expect(await untilAllEnded(ids)).toEqual({ CONFIRMED: 30 })
  expect(await takenOf(variantId)).toEqual({ stock: { on_hand: 0, held: 0 }, captures: 30 })
  await expectLawsToHold()
})
