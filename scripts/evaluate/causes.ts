import { join } from 'node:path'

import { readDemoData } from '../../demo/seed.ts'
import { historyOf, type BasketHistory } from '../../subgraphs/recommendations/domain/basket-history.ts'
import { packRows } from '../../subgraphs/recommendations/domain/packed-rows.ts'
import { numberProducts, type ProductNumbering } from '../../subgraphs/recommendations/domain/product-numbering.ts'
import { basketNeighbours } from '../../subgraphs/recommendations/domain/recommenders/basket-neighbours.ts'
import type { Recommender } from '../../subgraphs/recommendations/domain/recommenders/recommender.ts'
import { shrunkCosine } from '../../subgraphs/recommendations/domain/recommenders/shrunk-cosine.ts'
import { windows } from './evaluation.ts'
import { withinLists, type ListsOptions } from './former-lists.ts'
import { accuracyAt, type Accuracy } from './measures.ts'
import type { EvaluatedBasket } from './shop.ts'
import { trialsFrom, type Trial } from './trials.ts'

/** A way to recommend ten for half of a basket, and what it reaches. */
export interface Cause {
  readonly what: string
  readonly trials: number
  readonly accuracy: Accuracy
}

const wanted = 10
const every = 8

/**
 * Where the accuracy was lost of what was served before there was a model in memory: lists of each product, kept in PostgreSQL. They are
 * gone, so they are made again here, one cause at a time, from the baskets that `npm run evaluate` learns and tries.
 */
export async function causes(): Promise<Cause[]> {
  const { baskets, catalogue } = await readDemoData(join(import.meta.dirname, '..', '..', 'data'))
  const itemBaskets = baskets.map(({ items, ...basket }) => ({
    ...basket,
    productIds: [...new Set(items.map(String))],
  }))
  const productBaskets = baskets.map(({ items, ...basket }) => ({
    ...basket,
    productIds: [...new Set(items.flatMap((item) => catalogue.productOfItem.get(item) ?? []))],
  }))
  const soldOut = new Set(
    catalogue.products
      .filter(({ variants }) => variants.every(({ initialStock }) => initialStock === 0))
      .map(({ id }) => id),
  )
  const items = groundOf(itemBaskets)
  const products = groundOf(productBaskets)
  const counts = [catalogue.productOfItem.size, catalogue.products.length].map((count) => count.toLocaleString('en-GB'))
  return [
    tried(`plain shrunk cosine of the retailer's ${counts[0]} items`, items, by(shrunkCosine)),
    tried('V-SKNN (100 of the newest 500, rare members weighing more) of the items', items, by(newestNeighbours)),
    tried(`the same cosine of the ${counts[1]} products that items are grouped into`, products, by(shrunkCosine)),
    tried('V-SKNN of the products', products, by(newestNeighbours)),
    tried(
      `cosine without the ${soldOut.size} products that are sold out`,
      products,
      byLists({ soldOut, length: Infinity }),
    ),
    tried('... and lists cut at 50: what was served', products, byLists({ soldOut, length: 50 })),
    tried('what was served, lists 2,000 baskets behind', products, byLists({ soldOut, length: 50, behind: 2_000 })),
    tried(
      'what was served, summed over the members instead of the closest',
      products,
      byLists({ soldOut, length: 50, summed: true }),
    ),
    tried(
      'what was served, while the lists are computed for the first time',
      products,
      byLists({ soldOut, length: 50, behind: Infinity }),
    ),
  ]
}

interface Ground {
  readonly learnt: readonly EvaluatedBasket[]
  readonly trials: readonly Trial[]
}

function groundOf(baskets: readonly EvaluatedBasket[]): Ground {
  const [from, to] = [new Date(windows.test.from), new Date(windows.test.to)]
  const learnt = baskets.filter(({ at }) => at < from)
  const tried = baskets.filter(({ at }) => at >= from && at < to)
  return { learnt, trials: trialsFrom({ learnt, tried }, every).cart }
}

/** Recommends for what is known, by ids. */
type Way = (known: readonly string[]) => readonly string[]

function tried(what: string, ground: Ground, wayOf: (ground: Ground) => Way): Cause {
  const way = wayOf(ground)
  const answers = ground.trials.map((trial) => ({ trial, found: way(trial.known), milliseconds: 0 }))
  return { what, trials: answers.length, accuracy: accuracyAt(wanted, answers) }
}

function newestNeighbours(history: BasketHistory): Recommender {
  return basketNeighbours(history, { newest: 500, neighbours: 100 })
}

function by(recommenderOf: (history: BasketHistory) => Recommender): (ground: Ground) => Way {
  return ({ learnt }) => {
    const { history, numbering } = learn(learnt)
    const recommender = recommenderOf(history)
    return (known) =>
      recommender
        .recommend({ members: numbersOf(known, numbering), limit: wanted })
        .map(({ product }) => numbering.idOf(product))
  }
}

interface FormerLists extends Omit<ListsOptions, 'without'> {
  readonly soldOut: ReadonlySet<string>
  /** The lists know nothing of so many of the newest baskets. */
  readonly behind?: number
}

function byLists({ soldOut, behind = 0, ...options }: FormerLists): (ground: Ground) => Way {
  return ({ learnt }) => {
    const { history, numbering } = learn(learnt.slice(0, Math.max(0, learnt.length - behind)))
    const without = new Set(numbersOf([...soldOut], numbering))
    const recommend = withinLists(history, { ...options, without })
    return (known) =>
      recommend({ members: numbersOf(known, numbering), limit: wanted }).map(({ product }) => numbering.idOf(product))
  }
}

function learn(baskets: readonly EvaluatedBasket[]): { history: BasketHistory; numbering: ProductNumbering } {
  const numbering = numberProducts([])
  const rows = baskets.map(({ productIds }) => productIds.map((id) => numbering.numberFor(id)))
  return { history: historyOf(packRows(rows), numbering.count()), numbering }
}

function numbersOf(ids: readonly string[], numbering: ProductNumbering): number[] {
  return ids.flatMap((id) => numbering.numberOf(id) ?? [])
}
