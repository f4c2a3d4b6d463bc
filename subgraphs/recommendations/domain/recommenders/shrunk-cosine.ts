import type { BasketHistory } from '../basket-history.ts'
import { at } from '../packed-rows.ts'
import { room } from '../room.ts'
import { bestOf } from './best-of.ts'
import type { Recommender } from './recommender.ts'

/** Measured: `docs/recommendations.md`. */
const shrink = 20

/**
 * The cosine of two products as vectors over baskets, shrunk by n / (n + shrink), so that a few shared baskets do not
 * outrank many. A product scores what its closest member gives it: sums drown in what goes with everything.
 *
 * R. Bell, Y. Koren, "Improved neighborhood-based collaborative filtering", KDD Cup and Workshop 2007.
 */
export function shrunkCosine(history: BasketHistory): Recommender {
  const roomForProducts = room()
  return {
    algorithm: 'shrunk-cosine',
    recommend(context) {
      const scores = roomForProducts(history.productCount())
      const counts = new Uint32Array(scores.length)
      for (const member of context.members) {
        countTogether(history, member, counts)
        const own = history.countOf(member)
        for (let product = 0; product < counts.length; product += 1) {
          const together = at(counts, product)
          if (together === 0) continue
          const score = shrunk(together, own, history.countOf(product))
          if (score > at(scores, product)) scores[product] = score
        }
        counts.fill(0)
      }
      return bestOf(scores, context)
    },
  }
}

/** How much two products belong together, from the baskets with both, with the one, and with the other. */
export function shrunk(together: number, one: number, other: number): number {
  return ((together / Math.sqrt(one * other)) * together) / (together + shrink)
}

/** How many baskets hold the product and each other one, in `counts`. The innermost loop of all that is recommended. */
function countTogether(history: BasketHistory, product: number, counts: Uint32Array): void {
  history.eachBasketWith(product, (basket) => {
    for (const other of history.productsOf(basket)) counts[other] = at(counts, other) + 1
    return true
  })
}
