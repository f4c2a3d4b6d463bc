import { sorts } from './grammar/grammar.ts'
import { calls, nothing, type Plan, type PlanContext, type SearchArguments } from './plan.ts'
import { without } from './reading/normalise.ts'
import { isCrossed, readPrices } from './reading/prices.ts'
import { lookedFor } from './reading/words.ts'

type Shelves = Pick<PlanContext, 'categories'>

/** Everything in a text that a search can be limited by. */
export function searchFor(text: string, { categories }: Shelves): SearchArguments {
  const { price, rest } = readPrices(text)
  const sort = sorts.find(([, pattern]) => pattern.test(rest))
  const words = sort === undefined ? rest : without(rest, sort[1])
  return { ...lookedFor(words, categories), ...price, ...(sort && { sort: sort[0] }) }
}

export function search(text: string, shelves: Shelves): Plan {
  const args = searchFor(text, shelves)
  if (isCrossed(args)) return nothing('NO_SUCH_PRICE')
  return Object.keys(args).length === 0 ? nothing('UNCLEAR') : calls({ tool: 'searchProducts', args })
}
