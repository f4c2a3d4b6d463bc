import type { BasketHistory } from '../basket-history.ts'
import { at } from '../packed-rows.ts'
import { bestOf } from './best-of.ts'
import type { Recommender } from './recommender.ts'

export interface PopularityOptions {
  /**
   * How many baskets back one looks. A number of baskets, not of days: after a quiet month a single order would
   * otherwise be all that is popular.
   */
  readonly newest: number
  /** A basket counts half as much as one that is this many baskets newer. */
  readonly halvedAfter: number
}

/** Measured: `docs/recommendations.md`. */
export const popularityOptions: PopularityOptions = { newest: 2_000, halvedAfter: 1_000 }

/**
 * What lies in most of the newest baskets, whatever the members are; the baseline of all comparisons.
 *
 * P. Cremonesi, Y. Koren, R. Turrin, "Performance of recommender algorithms on top-N recommendation tasks", RecSys 2010, whose baseline is
 * the number of times that something was bought (TopPop). That the newest count most is after Y. Ji, A. Sun, J. Zhang, C. Li, "A re-visit of the
 * popularity baseline in recommender systems", SIGIR 2020.
 */
export function popularity(history: BasketHistory, options: PopularityOptions = popularityOptions): Recommender {
  return {
    algorithm: 'popularity',
    recommend: (context) => bestOf(recentShares(history, options), context),
  }
}

/** By product: the share of the newest baskets that hold it, the newest counting most. */
export function recentShares(history: BasketHistory, { newest, halvedAfter }: PopularityOptions): Float64Array {
  const shares = new Float64Array(history.productCount())
  const count = history.basketCount()
  let total = 0
  for (let age = 0; age < Math.min(newest, count); age += 1) {
    const weight = 0.5 ** (age / halvedAfter)
    total += weight
    for (const product of history.productsOf(count - 1 - age)) shares[product] = at(shares, product) + weight
  }
  return shares.map((share) => share / total)
}

/** Of the newest baskets that popularity looks at, how many hold the product. */
export function recentCount(history: BasketHistory, product: number): { baskets: number; ofBaskets: number } {
  const ofBaskets = Math.min(history.basketCount(), popularityOptions.newest)
  const oldest = history.basketCount() - ofBaskets
  let baskets = 0
  history.eachBasketWith(product, (basket) => {
    if (basket < oldest) return false
    baskets += 1
    return true
  })
  return { baskets, ofBaskets }
}
