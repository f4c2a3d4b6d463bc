import { foldLetters } from '../../../../../platform/text/words.ts'

/** In plain lower-case words, one space apart: what the rules are written for. Amounts keep their sign, numbers their point. */
export function normalise(said: string): string {
  const folded = foldLetters(said).replace(/(£?\d+(?:\.\d+)?)\s*[-–]\s*(?=£?\d)/g, '$1 to ')
  const words = folded.match(/£\s?\d+(?:\.\d+)?|#?\d+(?:\.\d+)?[a-z]*|[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*|[,;&]/gu) ?? []
  return words
    .map((word) => (word === ';' ? ',' : word.replace(/£\s/, '£')))
    .join(' ')
    .replace(/^[, ]+|[, ]+$/g, '')
}

const numbers: Readonly<Record<string, number>> = {
  ...{ zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17 },
  ...{ eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, hundred: 100 },
}

/** As a part of a pattern: a number in words or digits. */
export const numberPattern = String.raw`(?:\d+(?:\.\d+)?|${Object.keys(numbers).join('|')})`

/** @returns undefined for what is no number */
export function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  return /^\d+(\.\d+)?$/.test(word) ? Number(word) : numbers[word]
}

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
