import { numberOf, numberPattern, ordinals } from './numbers.ts'

const end = '(?:to|from|but|before)(?: the)? (?:last|end)'
const fromEnd = new RegExp(
  String.raw`\b(?:(penultimate|second last|next to last|last but one)|last but (${numberPattern})|(${ordinals.join('|')}|\d+(?:st|nd|rd|th)) ${end})\b`,
)
const run = new RegExp(String.raw`\b(first|last) (${numberPattern})\b`)
const ordinal = String.raw`(?:${ordinals.join('|')}|last|\d+(?:st|nd|rd|th)|(?:number |no |#)\d+(?!\.\d)|number ${numberPattern})`
const single = new RegExp(String.raw`(?<![\w#-])${ordinal}\b`)

export interface Places {
  /** From 0. */
  readonly places: readonly number[]
  /** The text without them. */
  readonly rest: string
}

/** Places in a list of so many: "the second", "the last two", "#3". No number that is said makes it do more than the list is long. */
export function readPlaces(text: string, count: number): Places | 'NO_SUCH_PLACE' {
  const places: number[] = []
  let rest = text
  for (;;) {
    const found = [fromEnd, run, /\bmiddle\b/, single].map((pattern) => pattern.exec(rest)).find((one) => one !== null)
    if (found === undefined) return { places, rest }
    const next = placesOf(found, count)
    if (next.length === 0 || places.length > count) return 'NO_SUCH_PLACE'
    places.push(...next)
    rest = rest.replace(found[0], ' ')
  }
}

/** None where the list has no such place. */
function placesOf([said, ...groups]: RegExpExecArray, count: number): number[] {
  const within = (place: number) => (place >= 0 && place < count ? [place] : [])
  if (said === 'middle') return count % 2 === 1 ? [(count - 1) / 2] : []
  const [, , length] = run.exec(said) ?? []
  if (length !== undefined && fromEnd.exec(said) === null) {
    const many = numberOf(length) ?? 0
    if (many < 1 || many > count || !Number.isInteger(many)) return []
    const begin = said.startsWith('first') ? 0 : count - many
    return Array.from({ length: many }, (_none, at) => begin + at)
  }
  if (fromEnd.exec(said) === null) return within(said === 'last' ? count - 1 : (placeNamed(said) ?? -1))
  const [beforeLast, lastBut, nth] = groups
  if (beforeLast !== undefined) return within(count - 2)
  if (lastBut !== undefined) return within(count - 1 - (numberOf(lastBut) ?? count))
  return within(count - 1 - (placeNamed(nth ?? '') ?? count))
}

/** From 0. */
function placeNamed(word: string): number | undefined {
  const named = ordinals.indexOf(word)
  if (named >= 0) return named
  const number = numberOf(word.replace(/^(?:number |no |#)/, '').replace(/(?:st|nd|rd|th)$/, ''))
  return number === undefined ? undefined : number - 1
}
