import type { Remembered, ShownProduct } from '../plan.ts'
import { numberOf, numberPattern, tidied } from './normalise.ts'
import { namingWords, isFiller, namesIt } from './words.ts'

export interface Picked {
  readonly product: ShownProduct
  readonly quantity: number
}

type Shown = Pick<Remembered, 'shown' | 'focus'>

/** What of that which was shown a text is about. `NONE`: it is about none of it. */
export type References =
  | { readonly kind: 'PICKED'; readonly picked: readonly Picked[] }
  | { readonly kind: 'NONE' }
  | { readonly kind: 'WHICH_ONE' }
  | { readonly kind: 'NO_SUCH_PLACE' }

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
const ordinal = String.raw`(${ordinals.join('|')}|last|\d+(?:st|nd|rd|th)|(?:number |no |#)\d+|number ${numberPattern})`

const amounts: readonly [RegExp, number][] = [
  [/\b(?:a |one )?(?:half a dozen|half dozen)\b/, 6],
  [/\b(?:a |one )?dozen\b/, 12],
  [/\ba (?:couple|pair)\b/, 2],
]

/** Reads which of the products that were shown are meant, and how many of each. @param text without what is wanted of them */
export function readReferences(text: string, { shown, focus }: Shown): References {
  const parts = text.split(/ ?, ?| and | versus | vs | or | than |^both | with /).map(tidied)
  const picked: Picked[] = []
  let unknown: References = { kind: 'NONE' }
  for (const part of parts.filter((some) => some !== '')) {
    const times = new RegExp(`^(${numberPattern}) times$`).exec(part)
    const last = picked.at(-1)
    if (times !== null && last !== undefined) {
      picked.splice(-1, 1, { ...last, quantity: numberOf(times[1]) ?? last.quantity })
      continue
    }
    const found = readPart(part, { shown, focus })
    if (found.kind === 'PICKED') picked.push(...found.picked)
    else if (found.kind === 'NO_SUCH_PLACE') return found
    else if (unknown.kind === 'NONE') unknown = found
  }
  return picked.length === 0 ? unknown : { kind: 'PICKED', picked }
}

function readPart(part: string, { shown, focus }: Shown): References {
  const { quantity, rest, isCounted } = readQuantity(part)
  const of = (products: readonly ShownProduct[]): References => ({
    kind: 'PICKED',
    picked: products.map((product) => ({ product, quantity })),
  })
  const places = placesIn(rest, shown.length)
  if (places === 'NO_SUCH_PLACE') return { kind: places }
  if (places.length > 0) return of(places.flatMap((place) => shown[place] ?? []))
  if (/\b(?:each|all(?: of them)?|both)\b/.test(rest) && /^(?:of|each|all|both|them|these|the|please| )*$/.test(rest)) {
    return of(shown)
  }
  if (/\bcheapest\b/.test(rest))
    return extreme(
      rest,
      of,
      shown.toSorted((one, other) => one.price - other.price),
    )
  if (/\b(?:dearest|most expensive)\b/.test(rest))
    return extreme(
      rest,
      of,
      shown.toSorted((one, other) => other.price - one.price),
    )
  const named = namingWords(rest)
  if (named.length > 0) return byName(named, shown, of)
  const points = /\b(?:it|this|that|them|these|those|ones?)\b/.test(rest)
  if (!points && !isCounted) return { kind: 'NONE' }
  const pointedAt = focus === undefined ? shown : [focus]
  return pointedAt.length === 1 ? of(pointedAt) : { kind: 'WHICH_ONE' }
}

type Of = (products: readonly ShownProduct[]) => References

function byName(named: readonly string[], shown: readonly ShownProduct[], of: Of): References {
  const fits = shown.filter(({ name }) => namesIt(named, name))
  if (fits.length === 1) return of(fits)
  return { kind: fits.length === 0 ? 'NONE' : 'WHICH_ONE' }
}

/** The first of a sorted list, unless something else is named beside it. */
function extreme(text: string, of: Of, sorted: readonly ShownProduct[]): References {
  const others = namingWords(text).filter((word) => !/^(?:cheapest|dearest|most|expensive)$/.test(word))
  return others.length > 0 ? { kind: 'NONE' } : of(sorted.slice(0, 1))
}

/** Places in the list, from 0. */
function placesIn(text: string, count: number): readonly number[] | 'NO_SUCH_PLACE' {
  const firsts = new RegExp(`\\bfirst (${numberPattern})\\b`).exec(text)
  if (firsts !== null)
    return within(
      Array.from({ length: numberOf(firsts[1]) ?? 0 }, (_none, at) => at),
      count,
    )
  const found = [...text.matchAll(new RegExp(`\\b${ordinal}\\b|(?<=^| )(#\\d+)\\b`, 'g'))]
  return within(
    found.map(([word]) => placeOf(word, count)),
    count,
  )
}

function within(places: readonly number[], count: number): readonly number[] | 'NO_SUCH_PLACE' {
  return places.every((place) => place >= 0 && place < count) ? places : 'NO_SUCH_PLACE'
}

function placeOf(word: string, count: number): number {
  if (word === 'last') return count - 1
  const named = ordinals.indexOf(word)
  if (named >= 0) return named
  const plain = word.replace(/^(?:number |no |#)/, '').replace(/(?:st|nd|rd|th)$/, '')
  return (numberOf(plain) ?? 0) - 1
}

interface Counted {
  readonly quantity: number
  readonly rest: string
  /** Whether a number was said. */
  readonly isCounted: boolean
}

/** Takes how many are wanted off the beginning: "two of the second one". */
export function readQuantity(text: string): Counted {
  for (const [pattern, quantity] of amounts) {
    if (pattern.test(text)) return { quantity, rest: tidied(text.replace(pattern, ' ')), isCounted: true }
  }
  const words = text.split(' ')
  const at = words.findIndex((word) => !isFiller(word) || numberOf(word) !== undefined)
  const quantity = numberOf(words[at]?.replace(/^(\d+)x$|^x(\d+)$/, '$1$2'))
  // "the one" and "one" alone point at something; "one of each" and "one pink" count.
  const isPointer = words[at] === 'one' && (at > 0 || words.length === 1) && words[at + 1] !== 'of'
  if (quantity === undefined || isPointer) return { quantity: 1, rest: text, isCounted: false }
  return { quantity, rest: tidied(words.toSpliced(at, 1).join(' ')), isCounted: true }
}
