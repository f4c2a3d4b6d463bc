import { pages } from '../tools/pages.ts'
import { colours, followUps, sorts } from './grammar/grammar.ts'
import { nothing, type Plan, type PlanContext, type SearchArguments } from './plan.ts'
import { without } from './reading/normalise.ts'
import { isCrossed, readPrices, type PriceRange } from './reading/prices.ts'
import { priceSpan } from './reading/variants.ts'
import { contentWords } from './reading/words.ts'

/** A change of the last search: more of it, cheaper, in another colour. Undefined where it is none. */
export function followUp(text: string, { remembered }: PlanContext): Plan | undefined {
  const { lastSearch, shown, total } = remembered
  if (lastSearch === undefined) return undefined
  const { page = 1, ...search } = lastSearch
  const again = (changed: SearchArguments): Plan => ({
    steps: [{ tool: 'searchProducts', args: { ...search, ...changed } }],
  })
  if (followUps.more.test(text)) {
    if (total !== undefined && page * pages.size >= total) return nothing('NO_MORE')
    return page < pages.most ? again({ page: page + 1 }) : nothing('NO_FURTHER')
  }
  const { lowest, highest } = priceSpan(...shown)
  const { text: words, category, sort: order } = search
  const unlimited = { ...(words && { text: words }), ...(category && { category }), ...(order && { sort: order }) }
  const within = (price: PriceRange): Plan => ({
    steps: [{ tool: 'searchProducts', args: { ...unlimited, ...price } }],
  })
  if (followUps.cheaper.test(text) && shown.length > 0) {
    const cheaper = { ...search, maxPrice: Math.max(lowest - 1, 0) }
    return isCrossed(cheaper) ? within({ maxPrice: cheaper.maxPrice }) : again({ maxPrice: cheaper.maxPrice })
  }
  if (followUps.dearer.test(text) && shown.length > 0) return within({ minPrice: highest + 1 })
  const colour = colourIn(text)
  if (colour !== undefined) return again({ text: inColour(search.text, colour) })
  const { price, rest } = readPrices(text)
  const sort = sorts.find(([, pattern]) => pattern.test(rest))
  const saysNoMore = contentWords(sort === undefined ? rest : without(rest, sort[1])).every((word) => word === 'only')
  const changed = { ...price, ...(sort && { sort: sort[0] }) }
  const pointsAtOne = /\bone\b/.test(rest)
  if (!saysNoMore || pointsAtOne || Object.keys(changed).length === 0) return undefined
  if (isCrossed(price)) return nothing('NO_SUCH_PRICE')
  // What is said now stands, where it does not go with what was said before.
  return isCrossed({ ...search, ...price }) ? within({ ...price }) : again(changed)
}

function colourIn(text: string): string | undefined {
  const [, isIn, colour = '', ones] = followUps.colour.exec(text) ?? []
  return colours.has(colour) && (isIn !== undefined || ones !== undefined) ? colour : undefined
}

function inColour(text: string | undefined, colour: string): string {
  if (text === undefined) return colour
  const words = text.split(' ')
  const at = words.findIndex((word) => colours.has(word))
  return at < 0 ? `${colour} ${text}` : words.with(at, colour).join(' ')
}
