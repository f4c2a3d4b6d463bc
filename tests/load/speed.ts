/**
 * Measures a Souk of its own, over HTTP on this machine: `npm run load`. Exit code 1 when a target is missed. Not part of
 * the tests: a busy machine would fail them for no fault of the code.
 */
import { rm } from 'node:fs/promises'

import { signIn } from '../support/shopper.ts'
import { demoAccounts } from '../../demo/accounts.ts'
import { startSoukProcess, stopSouk } from '../support/souk-process.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { measureCheckout } from './checkout.ts'
import { judge } from './judged.ts'
import { measurePages, type PageCost } from './pages.ts'

const rounds = 20
/** The first rounds run code that nobody has compiled yet. */
const warmUp = 4

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
