import { colours, followUps } from './grammar.ts'
import type { Plan, PlanContext, SearchArguments } from './plan.ts'
import { readPrices } from './reading/prices.ts'
import { contentWords } from './reading/words.ts'
import { sorts } from './grammar.ts'
import { without } from './reading/normalise.ts'

/** A change of the last search: more of it, cheaper, in another colour. Undefined where it is none. */
export function followUp(text: string, { remembered: { lastSearch, shown } }: PlanContext): Plan | undefined {
  if (lastSearch === undefined) return undefined
  const { page = 1, ...search } = lastSearch
  const again = (changed: SearchArguments): Plan => ({
    steps: [{ tool: 'searchProducts', args: { ...search, ...changed } }],
  })
  if (followUps.more.test(text)) return again({ page: page + 1 })
  const prices = shown.map(({ price }) => price)
  if (followUps.cheaper.test(text) && prices.length > 0) return again({ maxPrice: Math.min(...prices) - 1 })
  if (followUps.dearer.test(text) && prices.length > 0) {
    const { text: words, category, sort } = search
    const unlimited = { ...(words && { text: words }), ...(category && { category }), ...(sort && { sort }) }
    return { steps: [{ tool: 'searchProducts', args: { ...unlimited, minPrice: Math.max(...prices) + 1 } }] }
  }
  const colour = colourIn(text)
  if (colour !== undefined) return again({ text: inColour(search.text, colour) })
  const { price, rest } = readPrices(text)
  const sort = sorts.find(([, pattern]) => pattern.test(rest))
  const saysNoMore = contentWords(sort === undefined ? rest : without(rest, sort[1])).every((word) => word === 'only')
  const changed = { ...price, ...(sort && { sort: sort[0] }) }
  const pointsAtOne = /\bone\b/.test(rest)
  return saysNoMore && !pointsAtOne && Object.keys(changed).length > 0 ? again(changed) : undefined
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
