import type { BasketHistory } from '../basket-history.ts'
import { at } from '../packed-rows.ts'
import { room } from '../room.ts'
import { shortlist, type Scored } from '../ranking.ts'
import { bestOf } from './best-of.ts'
import type { Recommender } from './recommender.ts'

export interface NeighbourOptions {
  /** Of the baskets that share a product with the members, so many of the newest are compared. */
  readonly newest: number
  /** So many of these, the most alike, vote. */
  readonly neighbours: number
}

/** Measured: `docs/recommendations.md`. */
const usual: NeighbourOptions = { newest: 2_000, neighbours: 100 }

/**
 * Vector session k-nearest-neighbours (V-SKNN): the baskets most like this one, by the cosine of their products, vote for
 * what they hold. A member that few baskets hold says more of what this one is about, and weighs by its inverse document
 * frequency.
 *
 * D. Jannach, M. Ludewig, "When recurrent neural networks meet the neighborhood for session-based recommendation", RecSys
 * 2017; M. Ludewig, D. Jannach, "Evaluation of session-based recommendation algorithms", UMUAI 28, 2018.
 */
export function basketNeighbours(history: BasketHistory, options: NeighbourOptions = usual): Recommender {
  const [roomForBaskets, roomForProducts] = [room(), room()]
  return {
    algorithm: 'basket-neighbours',
    recommend(context) {
      const shared = sharedWith(context.members, {
        history,
        newest: options.newest,
        shared: roomForBaskets(history.basketCount()),
      })
      const scores = roomForProducts(history.productCount())
      for (const { product: basket, score } of mostAlike(shared, {
        history,
        members: context.members.length,
        options,
      })) {
        for (const product of history.productsOf(basket)) scores[product] = at(scores, product) + score
      }
      return bestOf(scores, context)
    },
  }
}

interface Compared {
  readonly history: BasketHistory
  readonly members: number
  readonly options: NeighbourOptions
}

/** The baskets of the newest that share a product with the members, by their cosine. */
function mostAlike(shared: Float64Array, { history, members, options }: Compared): readonly Scored<number>[] {
  const { newest, neighbours } = options
  const list = shortlist<Scored<number>>(neighbours)
  let compared = 0
  for (let basket = shared.length - 1; basket >= 0 && compared < newest; basket -= 1) {
    const weight = at(shared, basket)
    if (weight === 0) continue
    compared += 1
    const score = weight / Math.sqrt(members * history.sizeOf(basket))
    if (score >= list.threshold()) list.offer({ product: basket, score })
  }
  return list.best()
}

interface Sharing {
  readonly history: BasketHistory
  readonly newest: number
  readonly shared: Float64Array
}

/** By basket, what the members that it holds weigh; right for the `newest` that hold one, whatever the older ones do. */
function sharedWith(members: readonly number[], { history, newest, shared }: Sharing): Float64Array {
  for (const member of members) {
    const weight = Math.log(1 + history.basketCount() / history.countOf(member))
    let left = newest
    history.eachBasketWith(member, (basket) => {
      shared[basket] = at(shared, basket) + weight
      left -= 1
      return left > 0
    })
  }
  return shared
}
