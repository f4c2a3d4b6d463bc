/**
 * What recommending costs a process, at the size of the demo shop and at 50,000 invented products:
 * `node scripts/run.js tests/load/recommendations.ts`. Prints, and judges nothing; what an answer takes with graph and store is
 * printed by `npm run evaluate`.
 */
import { join } from 'node:path'

import { readDemoBaskets } from '../../demo/baskets.ts'
import { historyOf } from '../../subgraphs/recommendations/domain/basket-history.ts'
import { closestMember } from '../../subgraphs/recommendations/domain/closest-member.ts'
import { configurations, type Learnt, type Surfaces } from '../../subgraphs/recommendations/domain/configurations.ts'
import { packRows } from '../../subgraphs/recommendations/domain/packed-rows.ts'
import { easeOptions, trainEase } from '../../subgraphs/recommendations/domain/recommenders/ease/train.ts'

const members: Readonly<Record<Exclude<keyof Surfaces, 'front'>, number>> = { page: 1, cart: 12, home: 100 }
const rounds = 300
const most = 50_000

const demo = (await readDemoBaskets(join(import.meta.dirname, '..', '..', 'data'))).map(({ items }) => [
  ...new Set(items),
])
measure('the demo shop', { baskets: demo, productCount: 3_131, mostProducts: 3_131 })
const invented = Array.from({ length: 160_000 }, (_none, place) => inventedBasket(place))
// The full training takes as long as the fourth power of what is measured here; what it answers does not depend on it.
measure('invented', { baskets: invented, productCount: most, mostProducts: 1_000 })

interface Size {
  readonly baskets: readonly (readonly number[])[]
  readonly productCount: number
  readonly mostProducts: number
}

function measure(name: string, { baskets, productCount, mostProducts }: Size): void {
  const packed = packRows(baskets)
  const history = historyOf(packed, productCount)
  const begun = performance.now()
  const weights = trainEase({ baskets: packed, productCount }, { ...easeOptions, mostProducts })
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1)
  const bytes = weights.starts.byteLength + weights.products.byteLength + weights.weights.byteLength
  print(`${name}: ${productCount} products, ${history.basketCount()} baskets`)
  print(`  history ${megabytes(history.bytes())}, weights ${megabytes(bytes)}, ${mostProducts} trained in ${seconds} s`)
  for (const surface of ['page', 'cart', 'home'] as const) {
    const times = Array.from({ length: rounds }, (_none, round) => timeOf({ history, weights }, surface, round))
    print(`  ${surface} of ${members[surface]}: ${shown(times)}`)
  }
  const learning = performance.now()
  for (let round = 0; round < rounds; round += 1) history.add(baskets[round] ?? [])
  print(`  a basket is learnt in ${(((performance.now() - learning) / rounds) * 1_000).toFixed(0)} µs`)
}

/** With the reasons of ten, as they are shown. */
function timeOf(learnt: Learnt, surface: keyof typeof members, round: number): number {
  const { history } = learnt
  const known = Array.from({ length: 20 }, (_none, place) => [
    ...history.productsOf((round * 7_919 + place * 31) % history.basketCount()),
  ]).flat()
  const context = { members: [...new Set(known)].slice(0, members[surface]), limit: 160 }
  const begun = performance.now()
  const found = configurations.served(learnt)[surface].recommend(context)
  found.slice(0, 10).map(({ product }) => closestMember(history, context.members)(product))
  return performance.now() - begun
}

/** A few products are in a great many baskets, and most in a few, as in any shop. */
function inventedBasket(place: number): number[] {
  const length = 5 + ((place * 7) % 35)
  return [...new Set(Array.from({ length }, (_none, line) => Math.floor(most ** fraction(place * 97 + line)) - 1))]
}

/** From 0 to just below 1, the same at each run. */
function fraction(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 15), 0x2c1b_3c6d) >>> 0
  return (Math.imul(mixed ^ (mixed >>> 12), 0x297a_2d39) >>> 0) / 2 ** 32
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

function shown(times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2)
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`
}
