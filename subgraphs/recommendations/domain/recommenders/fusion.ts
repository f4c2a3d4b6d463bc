import { bestFirst, type Scored } from '../ranking.ts'
import type { Recommender } from './recommender.ts'

/** How far down a list counts: a large number makes the first places less special. The paper's. */
const smoothing = 60
/** What is further down in a list has no part in it. */
const depth = 100

/**
 * Reciprocal rank fusion: a product scores 1 / (60 + its place) in each of the lists. Only places are compared, so that the
 * scores of the ways need nothing in common.
 *
 * G. V. Cormack, C. L. A. Clarke, S. Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
 * methods", SIGIR 2009.
 */
export function fusionOf(...recommenders: readonly Recommender[]): Recommender {
  return {
    algorithm: recommenders.map(({ algorithm }) => algorithm).join(' + '),
    recommend({ members, limit }) {
      const scores = new Map<number, number>()
      for (const recommender of recommenders) {
        for (const [place, { product }] of recommender.recommend({ members, limit: depth }).entries()) {
          scores.set(product, (scores.get(product) ?? 0) + 1 / (smoothing + place + 1))
        }
      }
      return Array.from(scores, ([product, score]): Scored<number> => ({ product, score }))
        .sort(bestFirst)
        .slice(0, limit)
    },
  }
}
