/** Numbers in words. */

const small =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen`.split(/\s+/)
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 }
const hundred = 100
/** No more than this is told apart. */
const most = 1e12

const numbers: Readonly<Record<string, number>> = {
  ...Object.fromEntries(small.map((word, at) => [word, at])),
  ...Object.fromEntries(tens.map((word, at) => [word, (at + 2) * 10])),
  ...{ hundred, ...scales },
}

export const ordinals: readonly string[] =
  `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
  thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`.split(/\s+/)

/** As a part of a pattern: a number in words or digits. */
export const numberPattern = String.raw`(?:\d+(?:\.\d+)?|${Object.keys(numbers).join('|')})`

/** @returns undefined for what is no number */
export function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  return /^\d+(\.\d+)?$/.test(word) ? Number(word) : numbers[word]
}

/** "twenty five" becomes "25", "a hundred and two" becomes "102", "twenty first" becomes "21st"; a number of one word stays. */
export function numbersJoined(words: readonly string[]): string[] {
  const apart = words.flatMap((word) => (isHyphenated(word) ? word.split('-') : [word]))
  const joined: string[] = []
  for (let at = 0; at < apart.length;) {
    const { text, length } = numberAt(apart, at)
    joined.push(text)
    at += length
  }
  return joined
}

function isHyphenated(word: string): boolean {
  const parts = word.split('-')
  return parts.length > 1 && parts.every((part) => part in numbers || ordinals.includes(part))
}

interface Joined {
  readonly text: string
  /** Words that it takes. */
  readonly length: number
}

function numberAt(words: readonly string[], from: number): Joined {
  let total = 0
  let current: number | undefined
  let at = from
  if (/^an?$/.test(words[at] ?? '') && isScale(words[at + 1])) {
    current = 1
    at += 1
  }
  for (; at < words.length; at += 1) {
    const word = words[at] ?? ''
    // Of "a hundred and two", not of "a hundred and the second".
    const isJoint = word === 'and' && isRound(current, total) && numbers[words[at + 1] ?? ''] !== undefined
    if (isJoint) continue
    const value = current === undefined || word in numbers ? numberOf(word) : undefined
    const next = value === undefined ? undefined : withNext(current, word, value)
    if (next === undefined) break
    const scale = scales[word]
    total += scale === undefined ? 0 : next
    current = scale === undefined ? next : 0
  }
  const value = Math.min(total + (current ?? 0), most)
  const unit = ordinals.indexOf(words[at] ?? '') + 1
  const isOrdinal = at === from + 1 && tens.includes(words[from] ?? '') && unit > 0 && unit < 10
  if (isOrdinal) return { text: `${value + unit}th`, length: 2 }
  return at - from < 2 ? { text: words[from] ?? '', length: 1 } : { text: String(value), length: at - from }
}

function isScale(word: string | undefined): boolean {
  return word === 'hundred' || (word !== undefined && word in scales)
}

/** After "hundred" and "thousand", to which more can be added. */
function isRound(current: number | undefined, total: number): boolean {
  return current !== undefined && current % hundred === 0 && (current > 0 || total > 0)
}

/** A number with one more word; undefined where the word begins another: "two fifty". */
function withNext(current: number | undefined, word: string, value: number): number | undefined {
  if (current === undefined) return value
  if (isScale(word)) return current > 0 && current < 1_000 ? current * value : undefined
  const rest = current % hundred
  if (rest === 0) return current + value
  return rest >= 20 && rest % 10 === 0 && value > 0 && value < 10 ? current + value : undefined
}
