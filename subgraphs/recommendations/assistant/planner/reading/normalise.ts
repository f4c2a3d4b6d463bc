import { foldLetters } from '../../../../../platform/text/words.ts'
import { numbersJoined } from './numbers.ts'

/** In plain lower-case words, one space apart: what the rules are written for. Amounts keep their sign, numbers their point. */
export function normalise(said: string): string {
  const folded = signs.reduce((text, [sign, words]) => text.replace(sign, words), foldLetters(said))
  const words = folded.match(/£\s?\d+(?:\.\d+)?|#?\d+(?:\.\d+)?[a-z\d]*|[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*|[,;&]/gu) ?? []
  return numbersJoined(words.map((word) => (word === ';' ? ',' : word.replace(/£\s/, '£'))))
    .join(' ')
    .replace(/^[, ]+|[, ]+$/g, '')
}

/** Signs that say something, in words; one after the other. */
const signs: readonly (readonly [RegExp, string])[] = [
  // £1,000, 1.000,50 and 2,50 pounds.
  [/(?<=\d)\.(?=\d{3},\d\d(?!\d))/g, ''],
  [/(?<=\d),(?=\d{3}(?!\d))/g, ''],
  [/(?<=[£$€] ?\d{1,9}),(?=\d\d(?!\d))/g, '.'],
  [/(?<=\d),(?=\d\d ?(?:pounds?|quid|gbp|euros?|dollars?|€|\$))/g, '.'],
  // £1k.
  [/(?<=\d)k\b/g, '000'],
  // $5 and 5€.
  [/\$ ?(\d+(?:\.\d+)?)/g, '$1 dollars'],
  [/€ ?(\d+(?:\.\d+)?)/g, '$1 euros'],
  [/(?<=\d) ?\$/g, ' dollars'],
  [/(?<=\d) ?€/g, ' euros'],
  // £5+
  [/(£ ?\d{1,9}(?:\.\d{1,9})?|pounds?|quid|\dp|euros|dollars)\+(?=[\s,.;!?]|$)/g, '$1 or more'],
  // £2-£5, and -3.
  [/(?<=\d)\s{0,3}[-–]\s{0,3}(?=£?\d)/g, ' to '],
  [/(?<=^|\s)[-−](?=\d)/g, 'minus '],
]

/** Whole words that fit one of the phrases, each of which is a regular expression. */
export function phrases(...list: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\w£-])(?:${list.join('|')})(?![\w-])`)
}

/** Without the words that fit, one space apart. */
export function without(text: string, pattern: RegExp): string {
  return tidied(text.replace(new RegExp(pattern.source, 'g'), ' '))
}

export function tidied(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[, ]+|[, ]+$/g, '')
    .trim()
}
