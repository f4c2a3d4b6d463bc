import type { BasketHistory } from '../basket-history.ts'
import { at } from '../packed-rows.ts'
import { bestFirst } from '../ranking.ts'
import { recentShares, type PopularityOptions } from './popularity.ts'
import type { Recommender } from './recommender.ts'

/** Measured: `docs/recommendations.md`. */
const season: PopularityOptions = { newest: 2_000, halvedAfter: 500 }
/** Added to both shares, so that a product that is seldom bought neither rises nor falls by a single basket. */
const smoothing = 0.0005
/** What is further down does not rise to the top. */
const depth = 500

/**
 * Prefers what is bought more often now than it used to be: a score counts as many times as the product's share of the
 * newest baskets exceeds its share of all. Who buys for a season buys other things than in the one before.
 *
 * After Y. Ji, A. Sun, J. Zhang, C. Li, "A re-visit of the popularity baseline in recommender systems", SIGIR 2020, whose
 * popularity is that of the moment as well.
 */
export function withTrend(recommender: Recommender, history: BasketHistory): Recommender {
  return {
    algorithm: `${recommender.algorithm} + trend`,
    recommend({ members, limit }) {
      const shares = recentShares(history, season)
      const rise = (product: number) =>
        (at(shares, product) + smoothing) / (history.countOf(product) / history.basketCount() + smoothing)
      return recommender
        .recommend({ members, limit: Math.max(limit, depth) })
        .map(({ product, score }) => ({ product, score: score * rise(product) }))
        .sort(bestFirst)
        .slice(0, limit)
    },
  }
}
