import { numberOf, numberPattern, tidied } from './normalise.ts'

export interface PriceRange {
  readonly minPrice?: number
  readonly maxPrice?: number
}

const pence = 100
/** How far from "about 5 pounds" a price may be. */
const about = 0.2

/** Ways to say an amount, each with what it is in pence. The longer ones stand first. */
const amounts: readonly [RegExp, (first?: string, second?: string) => number | undefined][] = [
  [/£(\d+(?:\.\d+)?)/, (pounds) => inPence(pounds)],
  [
    new RegExp(String.raw`\b(${numberPattern}|a) (?:pounds?|quid|gbp)(?: (${numberPattern})\b(?: ?p\b| pence\b)?)?`),
    (pounds, rest) => (pounds === 'a' ? pence : (inPence(pounds) ?? 0)) + (numberOf(rest) ?? 0),
  ],
  [/\b(\d+)p\b/, (count) => numberOf(count)],
  [new RegExp(String.raw`\b(${numberPattern}) (?:p|pence)\b`), (count) => numberOf(count)],
  [/\b(?:a )?fiver\b/, () => 5 * pence],
  [/\b(?:a )?tenner\b/, () => 10 * pence],
]

function inPence(pounds: string | undefined): number | undefined {
  const found = numberOf(pounds)
  return found === undefined ? undefined : Math.round(found * pence)
}

const below = 'costs? less than|less than|cheaper than|under|below'
const atMost = String.raw`up to|at most|no more than|not more than|(?:with )?a maximum of|maximum of|max|maximum|within|not over|(?:my )?budget (?:is|of)|for at most`
const above = 'more than|over|above'
const atLeast = 'at least|from|starting at'
const nearly = 'around|about|roughly|approximately'
const comparison = [atMost, below, above, atLeast, nearly].join('|')

/** Ways to say a range, in the order in which they are tried; `<500>` stands for an amount. */
const ranges: readonly [RegExp, (first: number, second: number) => PriceRange][] = [
  [/(?:between|from) <(\d+)> (?:and|to) <(\d+)>|<(\d+)> to <(\d+)>/, (minPrice, maxPrice) => ({ minPrice, maxPrice })],
  [/(?:for )?<(\d+)> (?:or less|at most|at the most|maximum|max)/, (maxPrice) => ({ maxPrice })],
  [/(?:for )?<(\d+)> (?:or more|at least)/, (minPrice) => ({ minPrice })],
  [new RegExp(`(?:that |and |for )*(?:${atMost}) <(\\d+)>`), (maxPrice) => ({ maxPrice })],
  [new RegExp(`(?:that |for |and )*(?:${below}) <(\\d+)>`), (limit) => ({ maxPrice: limit - 1 })],
  [new RegExp(`(?:that |for |and )*(?:${above}) <(\\d+)>`), (limit) => ({ minPrice: limit + 1 })],
  [new RegExp(`(?:for )?(?:${atLeast}) <(\\d+)>`), (minPrice) => ({ minPrice })],
  [
    new RegExp(`(?:for )?(?:${nearly}) <(\\d+)>`),
    (amount) => ({ minPrice: Math.round(amount * (1 - about)), maxPrice: Math.round(amount * (1 + about)) }),
  ],
  [/(?:for )?<(\d+)>/, (maxPrice) => ({ maxPrice })],
]

/** Takes what is said of a price out of a text. */
export function readPrices(text: string): { readonly price: PriceRange; readonly rest: string } {
  const marked = markBareNumbers(amounts.reduce(markAmounts, text))
  for (const [pattern, rangeOf] of ranges) {
    const found = pattern.exec(marked)
    if (found === null) continue
    const [first = 0, second = 0] = found.slice(1).filter(Boolean).map(Number)
    return { price: rangeOf(first, second), rest: tidied(marked.replace(found[0], ' ')) }
  }
  return { price: {}, rest: text }
}

function markAmounts(text: string, [pattern, amountOf]: (typeof amounts)[number]): string {
  return text.replace(new RegExp(pattern.source, 'g'), (whole: string, first?: string, second?: string | number) => {
    // After the groups come the place and the text; the place is a number.
    const amount = amountOf(first, typeof second === 'string' ? second : undefined)
    return amount === undefined ? whole : `<${amount}>`
  })
}

/** Beside words of comparison, and beside another amount, a bare number is one of pounds. */
function markBareNumbers(text: string): string {
  const number = `(${numberPattern})(?![\\w-])`
  return text
    .replace(new RegExp(`\\b(${comparison}|between) ${number}(?! (?:of|x)\\b)`, 'g'), inPounds)
    .replace(new RegExp(`(<\\d+> (?:and|to)) ${number}`, 'g'), inPounds)
}

function inPounds(whole: string, before: string, number: string): string {
  const amount = inPence(number)
  return amount === undefined ? whole : `${before} <${amount}>`
}
