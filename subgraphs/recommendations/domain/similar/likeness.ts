import { nameWords, stemsOf } from './name-words.ts'
import { priceCloseness, type ComparedProduct } from './similar.ts'

/** What two products have in common, as it is shown to a shopper. */
export interface Likeness {
  /** As they are written in the name of the product that is recommended. */
  readonly sharedWords: readonly string[]
  readonly sharedCategory: string | undefined
  readonly closePrice: boolean
}

/** From this ratio of the cheaper to the dearer on, a price is called similar. */
const closeEnough = 0.8

/** `undefined` where they have nothing in common, such as after one was renamed: then it is not to be recommended. */
export function likenessTo(product: ComparedProduct): (recommended: ComparedProduct) => Likeness | undefined {
  const stems = new Set(stemsOf(product.name))
  return (recommended) => {
    const sharedWords = nameWords(recommended.name)
      .filter(({ stem }) => stems.has(stem))
      .map(({ written }) => written)
    const sharedCategory = recommended.category.slug === product.category.slug ? recommended.category.name : undefined
    if (sharedWords.length === 0 && sharedCategory === undefined) return undefined
    return { sharedWords, sharedCategory, closePrice: priceCloseness(recommended.price, product.price) >= closeEnough }
  }
}

/** The telling words of a name, by their stems. */
export function telling(name: string): ReadonlySet<string> {
  return new Set(stemsOf(name))
}

/** The share of the telling words of two names that both have: from 0 to 1. */
export function nameLikeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0
  for (const stem of left) if (right.has(stem)) shared += 1
  return shared === 0 ? 0 : shared / (left.size + right.size - shared)
}
