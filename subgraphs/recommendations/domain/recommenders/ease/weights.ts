import type { BasketHistory } from '../../basket-history.ts'
import { at } from '../../packed-rows.ts'
import { room } from '../../room.ts'
import { bestOf } from '../best-of.ts'
import type { Recommender } from '../recommender.ts'

/** What each product speaks for; those of product `p` lie from `starts[p]` up to, without, `starts[p + 1]`. */
export interface EaseWeights {
  readonly starts: Uint32Array
  readonly products: Uint32Array
  readonly weights: Float32Array
}

/** Of a shop that has not been trained yet. */
export const noWeights: EaseWeights = {
  starts: new Uint32Array(1),
  products: new Uint32Array(),
  weights: new Float32Array(),
}

/** Adds up what the members speak for: `trainEase` says how they learnt it. A product that came later says nothing. */
export function ease(history: BasketHistory, { starts, products, weights }: EaseWeights): Recommender {
  const roomForProducts = room()
  return {
    algorithm: 'ease',
    recommend(context) {
      const scores = roomForProducts(history.productCount())
      for (const member of context.members.filter((each) => each + 1 < starts.length)) {
        for (let place = at(starts, member); place < at(starts, member + 1); place += 1) {
          const product = at(products, place)
          scores[product] = at(scores, product) + at(weights, place)
        }
      }
      return bestOf(scores, context)
    },
  }
}
