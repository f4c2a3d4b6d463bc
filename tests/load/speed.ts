/**
 * Measures a Souk of its own, over HTTP on this machine: `npm run load`. Exit code 1 when a target is missed. Not part of
 * the tests: a busy machine would fail them for no fault of the code.
 */
import { rm } from 'node:fs/promises'

import { demoAccounts } from '../../demo/accounts.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { signIn } from '../support/shopper.ts'
import { createClient, eventually } from '../support/shopping.ts'
import { startSoukProcess, stopSouk } from '../support/souk-process.ts'
import { measureCheckout } from './checkout.ts'
import { costOf } from './cost.ts'
import { judge, judgeCost } from './judged.ts'
import { cartPages, pagesByText, productPages, signUpMembers } from './pages.ts'

const rounds = 20
/** The first rounds run code that nobody has compiled yet. */
const warmUp = 4

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

/** Until then its thread takes CPU, and another recommender answers. */
async function whenTrained(url: string): Promise<void> {
  const query = '{ products(first: 1) { edges { node { boughtTogether(first: 1) { algorithm } } } } }'
  await eventually(
    () => createClient(url).send(query),
    ({ data }) => data.products.edges[0].node.boughtTogether[0].algorithm.includes('ease'),
    { what: 'recommendations are trained', within: 600_000, every: 500 },
  )
}

async function measurePages(url: string, pid: number): Promise<void> {
  const text = 'a page of 12 products by text'
  judgeCost(text, await costOf(pagesByText(url), pid), { node: 2.1, postgres: 0.8 })
  const members = await signUpMembers(url)
  const product = 'the product page of a member, each of another product'
  judgeCost(product, await costOf(await productPages(url, members), pid), { node: 2.4, postgres: 1.2 })
  const cart = 'the cart page of one of 20 members, of 5 lines'
  judgeCost(cart, await costOf(await cartPages(url, members), pid), { node: 2.4, postgres: 1.2 })
}

const dataDir = await temporaryDataDir()
// One client asks for all of them, as no person does.
const souk = await startSoukProcess(dataDir, { RATE_PER_ADDRESS: '1000000', RATE_PER_PERSON: '1000000' })
try {
  await whenTrained(souk.url)
  await measurePages(souk.url, souk.child.pid ?? 0)
  judge('products() over the whole catalogue', await measureSearch(souk.url), { median: 50, p95: 50 })
  judge('placeOrder to CONFIRMED, ten at a time', await measureCheckout(souk.url), { median: 150, p95: 400 })
} finally {
  await stopSouk(souk)
  await rm(dataDir, { recursive: true, force: true })
}
