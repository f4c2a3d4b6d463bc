/**
 * Measures a Souk of its own, over HTTP on this machine: `npm run load`. Exit code 1 when a target is missed. Not part of
 * the tests: a busy machine would fail them for no fault of the code.
 */
import { rm } from 'node:fs/promises'

import { eventually, type Client } from '../support/shopping.ts'
import { addToCart, newVariant, placeOrder, settledOrder, signIn, signUp } from '../support/shopper.ts'
import { demoAccounts } from '../../demo/accounts.ts'
import { startSoukProcess, stopSouk } from '../support/souk-process.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { measurePages, type PageCost } from './pages.ts'

const shoppers = 10
const rounds = 20
/** The first rounds run code that nobody has compiled yet. */
const warmUp = 4

/** Milliseconds between a shopper's looks at the order: as an app would, for each look takes from what it looks at. */
const askedEvery = 250

/** The value that this share of the measurements does not exceed. */
function quantile(measured: readonly number[], share: number): number {
  const sorted = [...measured].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function judge(what: string, measured: readonly number[], targets: { median: number; p95: number }): void {
  const [median, p95] = [quantile(measured, 0.5), quantile(measured, 0.95)]
  const met = median <= targets.median && p95 <= targets.p95
  const found = `median ${median.toFixed(0)} ms (target ${targets.median}), p95 ${p95.toFixed(0)} ms (target ${targets.p95})`
  process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${what}: ${found}, of ${measured.length}\n`)
  if (!met) process.exitCode = 1
}

function judgePages(
  { requestsPerSecond, node, postgres }: PageCost,
  targets: { node: number; postgres: number },
): void {
  const met = node <= targets.node && postgres <= targets.postgres
  const cpu = `${node.toFixed(2)} ms of CPU in node (target ${targets.node}), ${postgres.toFixed(2)} ms in PostgreSQL (target ${targets.postgres})`
  const rate = `${requestsPerSecond.toFixed(0)} requests a second`
  process.stdout.write(
    `${met ? 'met   ' : 'MISSED'}  a page of 12 products by text, 20 at a time: ${rate}, ${cpu} each\n`,
  )
  if (!met) process.exitCode = 1
}

/** The shopper's cart with one of the variant in it, and nothing else. */
async function fillCart(client: Client, variantId: string): Promise<void> {
  // The last confirmation takes what was bought out of the cart a moment later, which changes the cart.
  await eventually(
    () => client.run('MobileBadge'),
    ({ data }) => (data.cart?.itemCount ?? 0) === 0,
    { what: 'the cart is empty' },
  )
  await addToCart(client, variantId)
}

/** Milliseconds from placing an order to its confirmation, by the order's own history. */
async function buy(client: Client): Promise<number> {
  const placed = await placeOrder(client)
  const order = await settledOrder(client, placed.data.placeOrder.id, askedEvery)
  if (order.status !== 'CONFIRMED') throw new Error(`order ${order.id} is ${order.status}`)
  return new Date(order.timeline.at(-1).at).getTime() - new Date(order.placedAt).getTime()
}

async function measureCheckout(url: string): Promise<number[]> {
  const staff = await signIn(url, demoAccounts[1])
  const variants = await Promise.all(Array.from({ length: shoppers }, () => newVariant(staff, 1_000)))
  const clients = await Promise.all(variants.map(() => signUp(url)))
  const measured: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(clients.map((client, index) => fillCart(client, variants[index] ?? '')))
    const taken = await Promise.all(clients.map(buy))
    if (round >= warmUp) measured.push(...taken)
  }
  return measured
}

const searches = [
  { filter: { text: 'retrospot bag' } },
  { filter: { text: 'retrospto lnuch bag' } },
  { filter: { category: 'candles', inStockOnly: true }, sort: 'PRICE_LOW_TO_HIGH' },
  { filter: { minPrice: 100, maxPrice: 300 }, sort: 'NEWEST' },
  { sort: 'NAME' },
]

async function measureSearch(url: string): Promise<number[]> {
  const client = await signIn(url, demoAccounts[0])
  const query = `query ($filter: ProductFilter, $sort: ProductSort) {
    products(filter: $filter, sort: $sort, first: 20) { totalCount edges { node { id name slug } } }
  }`
  const measured: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const variables of searches) {
      const begun = performance.now()
      await client.send(query, variables)
      if (round >= warmUp) measured.push(performance.now() - begun)
    }
  }
  return measured
}

const dataDir = await temporaryDataDir()
const souk = await startSoukProcess(dataDir)
try {
  const pages = await measurePages({ url: souk.url, pid: souk.child.pid ?? 0 })
  judgePages(pages, { node: 4, postgres: 1.5 })
  judge('products() over the whole catalogue', await measureSearch(souk.url), { median: 50, p95: 50 })
  judge('placeOrder to CONFIRMED, ten at a time', await measureCheckout(souk.url), { median: 150, p95: 400 })
} finally {
  await stopSouk(souk)
  await rm(dataDir, { recursive: true, force: true })
}
