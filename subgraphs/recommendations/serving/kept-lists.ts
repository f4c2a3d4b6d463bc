import { LRUCache } from 'lru-cache'

import type { BasketHistory } from '../domain/basket-history.ts'
import type { Configuration } from '../domain/configurations.ts'
import type { Recommender } from '../domain/recommenders/recommender.ts'

/** Products in the lists of one recommender at most, and members that they are for: some 250 lists of a usual length. */
const keptAtMost = 50_000
/** What a list takes beside these, in products. */
const listItself = 20

type List = ReturnType<Recommender['recommend']>

/** The same, with what each way recommends kept until a basket is learnt: a list depends on the baskets, the members and its length. */
export function keepLists(configuration: Configuration, history: BasketHistory): Configuration {
  const { page, cart, home, front, relevance } = configuration
  const kept = new Map([page, cart, home, front].map((recommender) => [recommender, keptLists(recommender, history)]))
  const keptOf = (recommender: Recommender) => kept.get(recommender) ?? recommender
  return { page: keptOf(page), cart: keptOf(cart), home: keptOf(home), front: keptOf(front), relevance }
}

function keptLists(recommender: Recommender, history: BasketHistory): Recommender {
  const lists = new LRUCache<string, List>({ maxSize: keptAtMost })
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
      lists.set(key, list, { size: list.length + context.members.length + listItself })
      return list
    },
  }
}
