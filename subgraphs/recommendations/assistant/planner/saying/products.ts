import type { FoundProduct, FoundVariant, ToolFacts } from '../../tools/facts.ts'
import type { SearchArguments } from '../plan.ts'
import { pounds } from './pounds.ts'

export function sayProducts(
  { products, search, total }: Extract<ToolFacts, { kind: 'PRODUCTS' }>,
  goesWith?: FoundProduct,
): string[] {
  if (search !== undefined) {
    const wish = wishOf(search)
    const count = total ?? products.length
    if (products.length === 0)
      return [count === 0 ? `I found nothing${wish}.` : `There are no more${wish}: ${count} in all.`]
    return [`I found ${count === 1 ? 'one thing' : `${count} things`}${wish}:`, ...listed(products)]
  }
  if (products.length === 0) return ['I have nothing to recommend there.']
  const head = goesWith === undefined ? 'I can recommend:' : `With ${goesWith.name} I can recommend:`
  return [head, ...listed(products)]
}

/** Characters of the shopper's words that are said again. */
const longestEcho = 60

/** What somebody has said, said again: no more of it than can be read. */
export function echoed(words: string): string {
  const letters = Array.from(words)
  return letters.length > longestEcho ? `${letters.slice(0, longestEcho).join('')}…` : words
}

function wishOf({ text, category, minPrice, maxPrice }: SearchArguments): string {
  const parts = [
    text === undefined || text.length > longestEcho ? '' : ` for “${text}”`,
    category === undefined ? '' : ` in ${category}`,
    minPrice === undefined ? '' : ` from ${pounds(minPrice)}`,
    maxPrice === undefined ? '' : ` up to ${pounds(maxPrice)}`,
  ]
  return parts.join('')
}

export function listed(products: readonly FoundProduct[]): string[] {
  return products.map(({ name, variants, explanation }, at) => {
    const why = explanation === undefined ? '' : ` (${explanation})`
    return `${at + 1}. ${name}, ${offered(variants)}${why}`
  })
}

/** Variants that a list names. */
const mostNamed = 4

/** For how much it is to be had, and as what. */
function offered(variants: readonly FoundVariant[]): string {
  const prices = variants.map(({ price }) => price)
  const from = new Set(prices).size > 1 ? 'from ' : ''
  const price = `${from}${pounds(Math.min(...prices))}`
  if (variants.length === 1) return price
  const more = variants.length > mostNamed ? ' …' : ''
  return `${price}: ${variants
    .slice(0, mostNamed)
    .map(({ name }) => name)
    .join('; ')}${more}`
}

/** Asks which variant is meant. */
export function sayVariants(products: readonly FoundProduct[]): string[] {
  const [product] = products
  if (product === undefined) return ['That is sold no more.']
  const inStock = product.variants.filter(({ available }) => available !== 0)
  if (inStock.length === 0) return [`${product.name} is sold out.`]
  const offers = inStock.map(({ name, price }) => `${name}, ${pounds(price)}`)
  return [`Which ${product.name} do you mean?`, ...offers]
}

export function sayDetails(products: readonly FoundProduct[]): string[] {
  if (products.length === 0) return ['That is sold no more.']
  const lines = products.map(({ name, description, variants }) => {
    const offers = variants.map((variant) => {
      const stock = variant.available === undefined ? '' : `, ${variant.available} in stock`
      const own = variants.length > 1 ? `${variant.name}: ` : ''
      return `${own}${pounds(variant.price)}${stock}`
    })
    return `${name}: ${offers.join('; ')}. ${description}`
  })
  const priced = products.flatMap(({ name, variants: [variant] }) => (variant ? [{ name, price: variant.price }] : []))
  const lowest = Math.min(...priced.map(({ price }) => price))
  const cheapest = priced.filter(({ price }) => price === lowest).map(({ name }) => name)
  return products.length === 1 ? lines : [...lines, `Cheapest: ${cheapest.join(' and ')}, ${pounds(lowest)}.`]
}
