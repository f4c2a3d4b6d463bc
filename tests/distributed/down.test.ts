import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import type { OpenStores } from '../../embedded/stores.ts'
import { startDistributedSouk, type DistributedTestSouk } from '../support/distributed-souk.ts'
import { addToCart, placeOrder, settledOrder, signIn, signUp, someVariants } from '../support/shopper.ts'
import { createClient, eventually, type Client } from '../support/shopping.ts'
import { notToBeHad, oneError, type Asked, type Asking } from './asked.ts'
import { orderFor, type PlaceOrder } from './orders.ts'
import { waysBetween, type Way } from './ways.ts'

/** One thing that can be down. */
interface Down {
  readonly name: string
  /** The ways that lead nowhere meanwhile. */
  readonly cut: (way: Way) => boolean
  /** A process that stands still meanwhile. */
  readonly stopped?: string
}

/** A row of the table in the README. */
interface Row {
  readonly down: readonly Down[]
  /** What is not to be had; all else is. */
  readonly stops: readonly Asked[]
  /** What becomes of an order for a cart that was filled before. */
  readonly order: 'is confirmed' | 'waits, and is confirmed afterwards' | 'is not accepted'
}

const process = (subgraph: string): Down => ({
  name: subgraph,
  stopped: subgraph,
  cut: ({ by }) => by === `SUBGRAPH_URL_${subgraph.toUpperCase()}`,
})
const store = (name: string): Down => ({ name, cut: ({ by }) => by === `${name.toUpperCase()}_URL` })
const database = (owner: string): Down => ({
  name: `PostgreSQL of ${owner}`,
  cut: ({ from, by }) => from === owner && by === 'DATABASE_URL',
})
const both = (subgraph: string) => [process(subgraph), database(subgraph)]

const rows: readonly Row[] = [
  {
    down: [process('products'), store('MongoDB')],
    stops: ['product pages', 'search', 'stock of products'],
    order: 'is confirmed',
  },
  { down: both('inventory'), stops: ['stock of products'], order: 'waits, and is confirmed afterwards' },
  { down: both('users'), stops: ['accounts', 'sign-in'], order: 'is confirmed' },
  { down: [process('cart')], stops: ['carts', 'changes of carts'], order: 'is confirmed' },
  { down: [store('Redis')], stops: ['changes of carts'], order: 'is confirmed' },
  { down: [database('cart')], stops: [], order: 'is confirmed' },
  {
    down: both('orders'),
    stops: ['orders', 'payments of orders', 'messages about orders'],
    order: 'is not accepted',
  },
  { down: both('payments'), stops: ['payments of orders'], order: 'waits, and is confirmed afterwards' },
  { down: both('notifications'), stops: ['messages about orders'], order: 'is confirmed' },
  { down: both('recommendations'), stops: ['recommendations'], order: 'is confirmed' },
  { down: [process('operations')], stops: ['dead letters'], order: 'is confirmed' },
  { down: [database('operations')], stops: [], order: 'is confirmed' },
  { down: [store('NATS')], stops: ['dead letters'], order: 'waits, and is confirmed afterwards' },
]

const cases = rows.flatMap((row) => row.down.map((down) => ({ name: down.name, down, row })))

const ways = waysBetween()
let souk: DistributedTestSouk
let asking: Asking
/** What each case orders, for a cart that was filled before. */
let orders: { buyer: Client; place: PlaceOrder }[]

beforeAll(async () => {
  // The server that stands in for MongoDB takes its time. What the gateway has kept it would answer whatever is down.
  const settings = {
    ...{ NODE_ENV: 'test', FETCH_DEADLINE_MS: '10000', MONGODB_TIMEOUT_MS: '4000' },
    CACHE_MEBIBYTES: '0',
  }
  souk = await startDistributedSouk(settings, { between: ways.between })
  const visitor = createClient(souk.url)
  const [variant] = await someVariants(visitor, 1)
  if (variant === undefined) throw new Error('nothing is in stock')
  const staff = await signIn(souk.url, demoAccounts[1])
  orders = await Promise.all(
    cases.map(async () => {
      const buyer = await buyerOf(variant.id)
      return { buyer, place: await orderFor(buyer) }
    }),
  )
  const shopper = await buyerOf(variant.id)
  const { data } = await placeOrder(shopper)
  await settledOrder(shopper, data.placeOrder.id)
  await eventually(
    () => shopper.run('WebCart'),
    (answer) => answer.data.cart.itemCount === 0,
    { what: 'what was bought is out of the cart' },
  )
  const cart = await addToCart(shopper, variant.id)
  await eventuallyKnown(cart.id, cart.version)
  const [account] = demoAccounts
  asking = {
    ...{ visitor, shopper, staff, account: { email: account.email, password: account.password } },
    ...{ slug: variant.product.slug, lineId: cart.lines[0].id, orderId: data.placeOrder.id },
  }
})

afterAll(async () => {
  await souk.stop()
  await ways.close()
})

async function buyerOf(variantId: string): Promise<Client> {
  const buyer = await signUp(souk.url)
  const cart = await addToCart(buyer, variantId)
  await eventuallyKnown(cart.id, cart.version)
  return buyer
}

/** Waits until orders has heard of a cart, and until its backup has it. */
async function eventuallyKnown(id: string, version: number): Promise<void> {
  const { stores, close } = await souk.openStores()
  try {
    await eventually(
      () => versionsOf(stores, id),
      (versions) => versions.every((known) => known >= version),
      {
        what: 'orders and the backup know the cart',
      },
    )
  } finally {
    await close()
  }
}

async function versionsOf({ orders, cart }: OpenStores['stores'], id: string): Promise<number[]> {
  const found = await Promise.all([
    orders.query<{ version: number }>('select version::int from known_cart where cart_id = $1', [id]),
    cart.query<{ version: number }>('select version from cart where id = $1', [id]),
  ])
  return found.map(({ rows: [row] }) => row?.version ?? 0)
}

/** Cuts, stops, and resolves to how all is mended. */
async function takeDown({ cut, stopped }: Down): Promise<() => void> {
  const process = stopped === undefined ? undefined : souk.distributed.processes.get(stopped)?.current()
  await process?.hang()
  const mend = ways.interrupt(cut)
  return () => {
    process?.goOn()
    mend()
  }
}

const untilAllIsServed = () =>
  eventually(
    () => notToBeHad(asking),
    (missing) => Object.keys(missing).length === 0,
    { what: 'everything is to be had', every: 200 },
  )

async function expectWhile({ stops, order }: Row, { buyer, place }: (typeof orders)[number]): Promise<void> {
  expect(await notToBeHad(asking)).toEqual(Object.fromEntries(stops.map((name) => [name, oneError])))
  if (!stops.includes('carts')) expect(await isCopy(asking.shopper)).toBe(stops.includes('changes of carts'))
  const { id } = await place()
  if (order === 'is not accepted') expect(id).toBeUndefined()
  else if (order === 'is confirmed') await untilConfirmed(buyer, id)
  else expect(await statusOf(buyer, id)).toBe('PENDING')
}

describe('one thing is down', () => {
  it.each(cases)('$name', async ({ name, down, row }) => {
    const order = orders[cases.findIndex((other) => other.name === name)]
    if (order === undefined) throw new Error('each case has an order')
    await untilAllIsServed()
    const mend = await takeDown(down)
    await expectWhile(row, order).finally(mend)
    await untilAllIsServed()
    // Under the same key, as who got no answer does: it is one order.
    await untilConfirmed(order.buyer, (await order.place()).id)
  })
})

it('is what the README says', () => {
  const lines = readFileSync('README.md', 'utf8').split('\n')
  const said = lines.map((line) => line.split('|').map((cell) => cell.trim()))
  for (const { down, stops, order } of rows) {
    const names = down.map(({ name }) => name).join('; ')
    expect(said).toContainEqual(['', names, stops.join(', ') || 'nothing', order, ''])
  }
})

/** Whether the cart says that it is read from the backup, and is at most a second older than the last change before. */
async function isCopy(shopper: Client): Promise<boolean> {
  const { data } = await shopper.send('{ cart { updatedAt copiedUntil } }')
  const { updatedAt, copiedUntil } = data.cart
  if (copiedUntil !== null) expect(Date.parse(copiedUntil)).toBeGreaterThan(Date.parse(updatedAt) - 1_000)
  return copiedUntil !== null
}

const statusOf = async (buyer: Client, id: string | undefined): Promise<string | undefined> =>
  (await buyer.run('MobileOrderStatus', { id })).data?.order?.status

async function untilConfirmed(buyer: Client, id: string | undefined): Promise<void> {
  await eventually(
    () => statusOf(buyer, id),
    (status) => status === 'CONFIRMED',
    { what: 'the order is confirmed' },
  )
}

it('breaks no law in all that', async () => {
  const broken = await eventually(
    async () => (await souk.audit()).filter(({ violations }) => violations.length > 0),
    (findings) => findings.length === 0,
    { what: 'every law holds', every: 1_000 },
  )
  expect(broken).toEqual([])
})
