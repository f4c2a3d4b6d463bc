import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { startDistributedSouk, type DistributedTestSouk } from '../support/distributed-souk.ts'
import { signIn } from '../support/shopper.ts'
import { eventually, type Client } from '../support/shopping.ts'
import { startBuying } from './buying.ts'
import { hanging, interrupted, killed, type Fault } from './faults.ts'
import { waysBetween, type Way } from './ways.ts'

/** `SOUK_FAULTS=all` inflicts each fault by itself, in the middle of fifty orders; CI has all of the short ones in one go. */
const whole = process.env.SOUK_FAULTS === 'all'

const stores = ['PostgreSQL', 'MongoDB', 'Redis', 'NATS']
const subgraphs = [
  'products',
  'inventory',
  'users',
  'cart',
  'orders',
  'payments',
  'notifications',
  'recommendations',
  'operations',
]

const shoppers = 10
const ordersEach = 5

const ways = waysBetween()
/** Everybody's to a store or to the bus, the gateway's to each subgraph, and the assistant's to the gateway. */
const everyWay: readonly Way[] = [
  ...subgraphs.flatMap((from) => [
    { from, by: 'DATABASE_URL' },
    { from, by: 'NATS_URL' },
    { from: 'gateway', by: `SUBGRAPH_URL_${from.toUpperCase()}` },
  ]),
  { from: 'products', by: 'MONGODB_URL' },
  { from: 'recommendations', by: 'GRAPH_URL' },
  ...['cart', 'users', 'gateway'].map((from) => ({ from, by: 'REDIS_URL' })),
  { from: 'gateway', by: 'NATS_URL' },
]

/** What ends, and is started again or not, is what a failure has to be read beside. */
const say = (line: string) => void process.stdout.write(`${new Date().toISOString()} ${line}\n`)

let souk: DistributedTestSouk
let staff: Client

/** Inflicts the faults one after the other, while orders are running; then everything has to be right again by itself. */
async function endure(faults: readonly Fault[]): Promise<void> {
  const buying = await startBuying({ url: souk.url, staff, shoppers, ordersEach })
  const between = (shoppers * ordersEach) / (faults.length + 1)
  for (const [number, fault] of faults.entries()) {
    await Promise.race([buying.reached(Math.floor(between * (number + 1))), buying.done])
    await fault.inflict(souk.distributed)
  }
  const acknowledged = await buying.done
  expect(new Set(acknowledged).size).toBe(shoppers * ordersEach)
  await eventually(
    () => statusesOf(acknowledged),
    (statuses) => statuses.every((status) => status !== 'PENDING'),
    { what: 'every order that was acknowledged has ended', within: 60_000, every: 500 },
  )
  // Stock was enough and every card is good: whatever crashed, nobody's order is turned away.
  expect(await statusesOf(acknowledged)).toEqual(acknowledged.map(() => 'CONFIRMED'))
  const broken = await eventually(
    async () => (await souk.audit()).filter(({ violations }) => violations.length > 0),
    (found) => found.length === 0,
    { what: 'every law holds', within: 60_000, every: 1_000 },
  )
  expect(broken).toEqual([])
}

/** Undefined for one that is not there. */
async function statusesOf(ids: readonly string[]): Promise<(string | undefined)[]> {
  const fields = ids.map((id, number) => `o${number}: order(id: "${id}") { status }`)
  const statuses: (string | undefined)[] = []
  for (let start = 0; start < fields.length; start += 20) {
    const { data } = await staff.send(`{ ${fields.slice(start, start + 20).join('\n')} }`)
    for (const number of ids.keys()) if (data?.[`o${number}`] !== undefined) statuses.push(data[`o${number}`]?.status)
  }
  return statuses
}

/** Each list in the middle of fifty orders of its own. */
const ofProcesses: readonly (readonly Fault[])[] = whole
  ? [...stores, ...subgraphs, 'gateway'].flatMap((name) => [[killed(name)], [hanging(name, 10_000)]])
  : [
      [...stores, 'orders', 'payments', 'gateway'].map(killed),
      ['NATS', 'PostgreSQL', 'inventory'].map((name) => hanging(name, 4_000)),
    ]

/** A process is cut off from one after the other that it talks to. */
const ofWays: readonly (readonly Fault[])[] = whole
  ? [...subgraphs, 'gateway'].map((name) =>
      waysOf(name).flatMap((way) => [
        interrupted(ways, way, ['cut', 4_000]),
        interrupted(ways, way, ['silence', 10_000]),
      ]),
    )
  : [
      [
        interrupted(ways, { from: 'orders', by: 'DATABASE_URL' }, ['cut', 2_000]),
        interrupted(ways, { from: 'cart', by: 'REDIS_URL' }, ['cut', 2_000]),
        interrupted(ways, { from: 'inventory', by: 'NATS_URL' }, ['silence', 4_000]),
        interrupted(ways, { from: 'gateway', by: 'SUBGRAPH_URL_ORDERS' }, ['silence', 4_000]),
      ],
    ]

/** A subgraph's own, and the gateway's to it. */
function waysOf(name: string): Way[] {
  const fromGateway = `SUBGRAPH_URL_${name.toUpperCase()}`
  return everyWay.filter(({ from, by }) => by === fromGateway || (from === name && !by.startsWith('SUBGRAPH_URL_')))
}

describe.each([
  // A proxy in between would take connections to what is dead.
  { to: 'a process', ordeals: ofProcesses, options: {} },
  { to: 'the way between two', ordeals: ofWays, options: { between: ways.between } },
])('fifty orders are all kept, whatever happens to $to', ({ ordeals, options }) => {
  beforeAll(async () => {
    // All ordeals take longer than a token of staff lives, and more shoppers than one address may sign up.
    const settings = { NODE_ENV: 'test', ACCESS_TOKEN_MINUTES: '120', SIGN_UPS_PER_ADDRESS: '1000' }
    souk = await startDistributedSouk(settings, { durable: true, say, ...options })
    staff = await signIn(souk.url, demoAccounts[1])
  })
  afterAll(async () => {
    await souk.stop()
    await ways.close()
  })

  it.each(ordeals.map((faults) => ({ faults, what: faults.map(({ name }) => name).join(', ') })))(
    '$what',
    { timeout: 400_000 },
    ({ faults }) => endure(faults),
  )
})

it('every way is thought of', () => {
  const named = (all: readonly Way[]) => all.map(({ from, by }) => `${from} by ${by}`).sort()
  expect(named(everyWay)).toEqual(named(ways.all))
})
