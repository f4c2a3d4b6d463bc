import { bestFirst, type Scored } from '../ranking.ts'
import type { Recommender } from './recommender.ts'

/** What is further down in a list has no part in it. */
const depth = 500

/**
 * CombSUM: adds up the scores of several ways, those of each as shares of its best. By places alone (reciprocal rank
 * fusion), a clear first and a tie for it would be the same; measured: `docs/recommendations.md`.
 *
 * E. A. Fox, J. A. Shaw, "Combination of multiple searches", TREC-2, 1994.
 */
export function fusionOf(...recommenders: readonly Recommender[]): Recommender {
  return {
    algorithm: recommenders.map(({ algorithm }) => algorithm).join(' + '),
    recommend({ members, limit }) {
      const scores = new Map<number, number>()
      for (const recommender of recommenders) {
        const list = recommender.recommend({ members, limit: Math.max(limit, depth) })
        const highest = list[0]?.score ?? 1
        for (const { product, score } of list) scores.set(product, (scores.get(product) ?? 0) + score / highest)
      }
      return Array.from(scores, ([product, score]): Scored<number> => ({ product, score }))
        .sort(bestFirst)
        .slice(0, limit)
    },
  }
}
