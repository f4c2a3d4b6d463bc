import { tidied } from './normalise.ts'
import { numberOf, numberPattern } from './numbers.ts'
import { isFiller, namingWords } from './words.ts'

interface Counted {
  readonly quantity: number
  readonly rest: string
  /** Whether a number was said. */
  readonly isCounted: boolean
}

const dozen = 12

const amounts: readonly [RegExp, (count: number) => number][] = [
  [/\b(?:a |one )?(?:half a dozen|half dozen)\b/, () => dozen / 2],
  [new RegExp(String.raw`(?<![\w-])(${numberPattern}) dozen\b`), (count) => count * dozen],
  [/\b(?:a )?dozen\b/, () => dozen],
  [/\ba (?:couple|pair)\b/, () => 2],
  [/\btwice\b/, () => 2],
  [/\bthrice\b/, () => 3],
  [/\bminus (\d+(?:\.\d+)?)\b/, (count) => -count],
]

const several =
  /\b(?:(?:a )?few|several|many|lots|loads|plenty|a bunch|a handful|a load|as many as|more than one|some) of\b|\band a half\b|\bhalf of\b/
const ofSomething = / of (?=the |them|those|these|it\b|each|number |#)/
const placeWords =
  /\b(?:first|second|third|fourth|fifth|last|middle|cheapest|dearest|most expensive|least expensive|\d+(?:st|nd|rd|th))\b/g

/** More than one, and not how many: "a few of them". */
export function isSeveral(text: string): boolean {
  return several.test(text)
}

/** Whether something is said of how many there are to be, but no number that can be read: "twentyfive of them". */
export function isUncounted(text: string): boolean {
  const at = text.search(ofSomething)
  if (at < 0) return false
  const head = text.slice(0, at)
  return !readQuantity(head).isCounted && namingWords(head.replace(placeWords, ' ')).length > 0
}

/** Takes how many are wanted off the beginning: "two of the second one". */
export function readQuantity(text: string): Counted {
  for (const [pattern, quantityOf] of amounts) {
    const found = pattern.exec(text)
    if (found === null) continue
    return { quantity: quantityOf(numberOf(found[1]) ?? 1), rest: tidied(text.replace(pattern, ' ')), isCounted: true }
  }
  const words = text.split(' ')
  const at = words.findIndex((word) => !isFiller(word) || numberOf(word) !== undefined)
  const quantity = numberOf(words[at]?.replace(/^(\d+)x$|^x(\d+)$/, '$1$2'))
  // "the one" and "one" alone point at something; "one of each" and "one pink" count.
  const isPointer = words[at] === 'one' && (at > 0 || words.length === 1) && words[at + 1] !== 'of'
  if (quantity === undefined || isPointer) return { quantity: 1, rest: text, isCounted: false }
  return { quantity, rest: tidied(words.toSpliced(at, 1).join(' ')), isCounted: true }
}
