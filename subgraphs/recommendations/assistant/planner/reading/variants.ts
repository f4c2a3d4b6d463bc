import { stem } from '../../../../../platform/text/words.ts'
import type { ShownProduct } from '../plan.ts'
import { normalise } from './normalise.ts'

function wordsIn(name: string): string[] {
  return normalise(name)
    .split(/[ ,&-]+/)
    .filter((word) => word !== '')
    .map(stem)
}

/** What can be had of a product under the words: all of it, or those of its variants that they name. Undefined where they do not fit. */
export function fitting(words: readonly string[], product: ShownProduct): ShownProduct | undefined {
  const left = beyondName(words, product)
  const variants = variantsNamed(left, product)
  if (left.length > 0 && product.variants.length === 1) return undefined
  return words.length === 0 || variants.length === 0 ? undefined : { ...product, variants }
}

/** A product that is meant, with those of its variants that words beside its name mean; words that name none count for nothing. */
export function meantOf(words: readonly string[], product: ShownProduct): ShownProduct {
  const inVariants = new Set(product.variants.flatMap(({ name }) => wordsIn(name)))
  const telling = beyondName(words, product).filter((word) => inVariants.has(stem(word)))
  const variants = variantsNamed(telling, product)
  return variants.length === 0 ? product : { ...product, variants }
}

/** Whether the words say the name, or the name and a variant, and nothing else. */
export function saysName(words: readonly string[], product: ShownProduct): boolean {
  const said = new Set(words.map(stem))
  return wordsIn(product.name).every((word) => said.has(word)) && fitting(words, product) !== undefined
}

/** The words that the name does not hold. */
function beyondName(words: readonly string[], { name }: ShownProduct): string[] {
  const inName = new Set(wordsIn(name))
  return words.filter((word) => !inName.has(stem(word)))
}

function variantsNamed(words: readonly string[], { variants }: ShownProduct): ShownProduct['variants'] {
  return variants.filter(({ name }) => {
    const inName = new Set(wordsIn(name))
    return words.every((word) => inName.has(stem(word)))
  })
}

/** Minor units of the cheapest and the dearest. */
export function priceSpan(...products: readonly ShownProduct[]): { readonly lowest: number; readonly highest: number } {
  const prices = products.flatMap(({ variants }) => variants.map(({ price }) => price))
  return { lowest: Math.min(...prices), highest: Math.max(...prices) }
}

/** Of a product, what costs so much. */
export function extremeOf(product: ShownProduct, price: number): ShownProduct {
  return { ...product, variants: product.variants.filter((variant) => variant.price === price) }
}
