import { at } from '../packed-rows.ts'
import { room } from '../room.ts'
import { bestOf } from './best-of.ts'
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
  const roomForProducts = room()
  return {
    algorithm: recommenders.map(({ algorithm }) => algorithm).join(' + '),
    recommend({ members, limit }) {
      const lists = recommenders.map((recommender) => recommender.recommend({ members, limit: Math.max(limit, depth) }))
      const last = lists.reduce(
        (highest, list) => list.reduce((most, { product }) => Math.max(most, product), highest),
        -1,
      )
      const scores = roomForProducts(last + 1)
      for (const list of lists) {
        const highest = list[0]?.score ?? 1
        for (const { product, score } of list) scores[product] = at(scores, product) + score / highest
      }
      return bestOf(scores, { members, limit })
    },
  }
}
