import { LRUCache } from 'lru-cache'

import type { BasketHistory } from '../domain/basket-history.ts'
import type { Configuration } from '../domain/configurations.ts'
import type { Recommender } from '../domain/recommenders/recommender.ts'

/** Lists of one recommender at most. A list has some hundred and fifty products. */
const keptAtMost = 250

/** The same, with what each way recommends kept until a basket is learnt: a list depends on the baskets, the members and its length. */
export function keepLists(configuration: Configuration, history: BasketHistory): Configuration {
  const { page, cart, home, front, relevance } = configuration
  const kept = new Map([page, cart, home, front].map((recommender) => [recommender, keptLists(recommender, history)]))
  const keptOf = (recommender: Recommender) => kept.get(recommender) ?? recommender
  return { page: keptOf(page), cart: keptOf(cart), home: keptOf(home), front: keptOf(front), relevance }
}

function keptLists(recommender: Recommender, history: BasketHistory): Recommender {
  const lists = new LRUCache<string, ReturnType<Recommender['recommend']>>({ max: keptAtMost })
  let learnt = history.basketCount()
  return {
    algorithm: recommender.algorithm,
    recommend(context) {
      if (learnt !== history.basketCount()) {
        learnt = history.basketCount()
        lists.clear()
      }
      const key = `${context.limit} ${context.members.join()}`
      const known = lists.get(key)
      if (known !== undefined) return known
      const list = recommender.recommend(context)
      lists.set(key, list)
      return list
    },
  }
}
