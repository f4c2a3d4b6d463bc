import type { Remembered, ShownProduct } from '../plan.ts'
import { tidied } from './normalise.ts'
import { numberOf, numberPattern } from './numbers.ts'
import { readPlaces } from './places.ts'
import { readQuantity } from './quantities.ts'
import { extremeOf, fitting, meantOf, priceSpan } from './variants.ts'
import { namingWords } from './words.ts'

export interface Picked {
  /** With the variants that may be meant. */
  readonly product: ShownProduct
  readonly quantity: number
  /** Words beside its place that say nothing of it that is known. */
  readonly unread: readonly string[]
}

type Shown = Pick<Remembered, 'shown' | 'focus'>

/** What of that which was shown a text is about. `NONE`: it is about none of it. */
export type References =
  | { readonly kind: 'PICKED'; readonly picked: readonly Picked[] }
  | { readonly kind: 'NONE' }
  | { readonly kind: 'WHICH_ONE' }
  | { readonly kind: 'NO_SUCH_PLACE' }

/** What stands between things that are named one after the other. */
export const between = / ?, ?| and | & | versus | vs | or | than |^both | with /

/** Reads which of the products that were shown are meant, and how many of each. @param text without what is wanted of them */
export function readReferences(text: string, known: Shown): References {
  const picked: Picked[] = []
  let unknown: References = { kind: 'NONE' }
  for (const part of text.split(between).map(tidied)) {
    if (part === '') continue
    const times = new RegExp(`^(${numberPattern}) times$|^(?:twice|thrice)$`).exec(part)
    const last = picked.at(-1)
    if (times !== null && last !== undefined) {
      picked.splice(-1, 1, { ...last, quantity: numberOf(times[1]) ?? readQuantity(part).quantity })
      continue
    }
    const found = readPart(part, known)
    if (found.kind === 'PICKED') picked.push(...found.picked)
    else if (found.kind === 'NO_SUCH_PLACE') return found
    else if (unknown.kind === 'NONE') unknown = found
  }
  return picked.length === 0 ? unknown : { kind: 'PICKED', picked }
}

function readPart(part: string, known: Shown): References {
  const { shown, focus } = known
  const { quantity, rest, isCounted } = readQuantity(part)
  const of = (...products: readonly ShownProduct[]): References => ({
    kind: 'PICKED',
    picked: products.map((product) => ({ product, quantity, unread: [] })),
  })
  const found = readPlaces(rest, shown.length)
  if (found === 'NO_SUCH_PLACE') return { kind: found }
  const named = namingWords(found.rest)
  if (found.places.length > 0) {
    // "The first 1e999" is about no first one.
    if (named.some((word) => /\d/.test(word) && shown.every((one) => fitting([word], one) === undefined)))
      return { kind: 'NO_SUCH_PLACE' }
    const placed = found.places.flatMap((place) => shown[place] ?? [])
    const unread = named.filter((word) => placed.every((one) => fitting([word], one) === undefined))
    return {
      kind: 'PICKED',
      picked: placed.map((product) => ({ product: meantOf(named, product), quantity, unread })),
    }
  }
  if (
    /\b(?:each|all|both|every|everything)\b/.test(rest) &&
    /^(?:\b(?:of|each|all|both|every|everything|one|them|these|those|the|please)\b| )*$/.test(rest)
  )
    return of(...shown)
  const extreme = extremeIn(rest, shown)
  if (extreme !== undefined) return extreme === 'NONE' ? { kind: extreme } : of(extreme)
  if (named.length > 0) return byName(named, known, of)
  const points = /\b(?:it|this|that|them|these|those|ones?)\b/.test(rest)
  if (!points && !isCounted) return { kind: 'NONE' }
  const pointedAt = focus === undefined ? shown : [focus]
  return pointedAt.length === 1 ? of(...pointedAt) : { kind: 'WHICH_ONE' }
}

/** What was talked about last comes first, where the words tell its variants apart. */
function byName(
  named: readonly string[],
  { shown, focus }: Shown,
  of: (product: ShownProduct) => References,
): References {
  const inFocus = focus === undefined || focus.variants.length === 1 ? undefined : fitting(named, focus)
  if (inFocus !== undefined) return of(inFocus)
  const fits = shown.flatMap((product) => fitting(named, product) ?? [])
  const [only, ...more] = fits
  if (only === undefined) return { kind: 'NONE' }
  return more.length === 0 ? of(only) : { kind: 'WHICH_ONE' }
}

const cheapest = /\b(?:cheapest|least expensive|lowest priced?|cheaper one)\b/
const dearest = /\b(?:dearest|most expensive|priciest|highest priced?|dearer one|more expensive one)\b/

/** The cheapest or dearest of the list, the first where there are several. `NONE` where something else is named beside it. */
function extremeIn(text: string, shown: readonly ShownProduct[]): ShownProduct | 'NONE' | undefined {
  const isCheapest = cheapest.test(text)
  if (!isCheapest && !dearest.test(text)) return undefined
  if (namingWords(text.replace(isCheapest ? cheapest : dearest, ' ')).length > 0) return 'NONE'
  const { lowest, highest } = priceSpan(...shown)
  const price = isCheapest ? lowest : highest
  const found = shown.find(({ variants }) => variants.some((variant) => variant.price === price))
  return found === undefined ? 'NONE' : extremeOf(found, price)
}

/** One line for each, with all that is wanted of it. */
export function gathered(picked: readonly Picked[]): Picked[] {
  const byVariants = new Map<string, Picked>()
  for (const { product, quantity, unread } of picked) {
    const key = product.variants.map(({ variantId }) => variantId).join()
    byVariants.set(key, { product, unread, quantity: quantity + (byVariants.get(key)?.quantity ?? 0) })
  }
  return [...byVariants.values()]
}
