import { phrases, tidied } from './normalise.ts'
import { numberOf, numberPattern } from './numbers.ts'

export interface PriceRange {
  /** Minor units. */
  readonly minPrice?: number
  readonly maxPrice?: number
}

const pence = 100
/** How far from "about 5 pounds" a price may be. */
const about = 0.2
/** No price is higher; what is said to be is as good as this. */
const highest = 100_000_000

const money = 'pounds?|quid|gbp'
const foreign = 'dollars?|usd|bucks|euros?|eur'
/** Another currency than the shop's. An amount in it is read as one of pounds, and said to be. */
export const foreignMoney = phrases(foreign)

/** Ways to say an amount, each with what it is in pence. The longer ones stand first. */
const amounts: readonly [RegExp, (first?: string, second?: string) => number | undefined][] = [
  [/£(\d+(?:\.\d+)?)/, (pounds) => inPence(pounds)],
  [
    new RegExp(
      String.raw`(?<![\w-])(${numberPattern}|a) (?:${money}|${foreign})(?: (${numberPattern})\b(?: ?p\b| pence\b)?)?(?![\w-])`,
    ),
    (pounds, rest) => (pounds === 'a' ? pence : (inPence(pounds) ?? 0)) + (numberOf(rest) ?? 0),
  ],
  [/(?<![\w.-])(\d+)p(?![\w-])/, (count) => numberOf(count)],
  [new RegExp(String.raw`(?<![\w-])(${numberPattern}) (?:p|pence)(?![\w-])`), (count) => numberOf(count)],
  [/\b(?:a )?fiver\b/, () => 5 * pence],
  [/\b(?:a )?tenner\b/, () => 10 * pence],
]

function inPence(pounds: string | undefined): number | undefined {
  const found = numberOf(pounds)
  return found === undefined ? undefined : Math.round(found * pence)
}

const under = '(?:cost(?:s|ing)? )?(?:less|cheaper|lower) than|under|below'
const over = '(?:cost(?:s|ing)? )?(?:more|dearer|higher|more expensive) than|over|above'
const denied = '(?:(?:does|do|is|are) not|doesnt|dont|isnt|arent|no|not|nothing|never)(?: anything)?'
const atMost = `up to|at most|${denied} (?:${over})|(?:with )?a maximum of|maximum of|max|maximum|within|(?:my )?budget (?:is|of)|for at most`
const atLeast = `at least|${denied} (?:${under})|a minimum of|minimum of|minimum|from|starting at`
const nearly = 'around|about|roughly|approximately'
const comparison = [atMost, atLeast, under, over, nearly].join('|')
/** Where what is said of a price begins. */
export const priceBegins = `(?:(?:that |and |but |for )*(?:${comparison}|between) (?:£|${numberPattern}|a (?:${money}|fiver|tenner))|for £|£)`

/** What a bare number counts, if it is no amount. */
const counted = 'of|x|years?|people|persons?|pieces?|cms?|mm|inch(?:es)?|litres?|tiers?|months?|days?|minutes?|times'

/** Words between two things that are said of a price. */
const joint = String.raw`(?<![\w£-])(?:(?:that|and|but|for|cost(?:s|ing)?) )*`
const each = '(?: (?:each|apiece|a piece))?'

/** Ways to say a limit, in the order in which they are tried; `<500>` stands for an amount. Each is taken out where it is found. */
const ranges: readonly [RegExp, (first: number, second: number) => PriceRange][] = [
  [
    /(?:(?:between|from) <(\d+)> (?:and|to)|<(\d+)> to) <(\d+)>/,
    (one, other) => ({ minPrice: Math.min(one, other), maxPrice: Math.max(one, other) }),
  ],
  [/(?:for )?<(\d+)> (?:or less|at most|at the most|maximum|max)/, (maxPrice) => ({ maxPrice })],
  [
    /(?:for |from )?<(\d+)> (?:or more|at least|up(?! to)|and (?:up|over|more)(?!\w| to| <)|upwards)/,
    (minPrice) => ({ minPrice }),
  ],
  [new RegExp(`${joint}(?:${atMost}) <(\\d+)>`), (maxPrice) => ({ maxPrice })],
  [new RegExp(`${joint}(?:${atLeast}) <(\\d+)>`), (minPrice) => ({ minPrice })],
  [new RegExp(`${joint}(?:${under}) <(\\d+)>`), (limit) => ({ maxPrice: limit - 1 })],
  [new RegExp(`${joint}(?:${over}) <(\\d+)>`), (limit) => ({ minPrice: limit + 1 })],
  [
    new RegExp(`${joint}(?:${nearly}) <(\\d+)>`),
    (amount) => ({ minPrice: Math.round(amount * (1 - about)), maxPrice: Math.round(amount * (1 + about)) }),
  ],
]
const bareAmount = new RegExp(`(?:\\bfor )?<(\\d+)>${each}`)

/** Takes what is said of a price out of a text. */
export function readPrices(text: string): { readonly price: PriceRange; readonly rest: string } {
  let rest = markBareNumbers(amounts.reduce(markAmounts, text))
  let price: PriceRange = {}
  const take = (pattern: RegExp, rangeOf: (typeof ranges)[number][1]) => {
    const found = pattern.exec(rest)
    if (found === null) return
    const [first = 0, second = 0] = found.slice(1).filter(Boolean).map(Number)
    price = { ...price, ...bounded(rangeOf(first, second)) }
    rest = tidied(rest.replace(found[0], ' '))
  }
  for (const [pattern, rangeOf] of ranges) take(new RegExp(pattern.source + each), rangeOf)
  if (Object.keys(price).length === 0) take(bareAmount, (maxPrice) => ({ maxPrice }))
  return Object.keys(price).length === 0 ? { price, rest: text } : { price, rest: tidied(rest.replace(/<\d+>/g, ' ')) }
}

/** Whether no price fits. */
export function isCrossed({ minPrice = 0, maxPrice = highest }: PriceRange): boolean {
  return minPrice > maxPrice
}

function bounded({ minPrice, maxPrice }: PriceRange): PriceRange {
  const within = (amount: number) => Math.min(Math.max(amount, 0), highest)
  return {
    ...(minPrice !== undefined && { minPrice: within(minPrice) }),
    ...(maxPrice !== undefined && { maxPrice: within(maxPrice) }),
  }
}

function markAmounts(text: string, [pattern, amountOf]: (typeof amounts)[number]): string {
  return text.replace(new RegExp(pattern.source, 'g'), (whole: string, first?: string, second?: string | number) => {
    // After the groups come the place and the text; the place is a number.
    const amount = amountOf(first, typeof second === 'string' ? second : undefined)
    return amount === undefined ? whole : marked(amount)
  })
}

function marked(amount: number): string {
  return `<${Math.min(amount, 2 * highest)}>`
}

/** Beside words of comparison, and beside another amount, a bare number is one of pounds. */
function markBareNumbers(text: string): string {
  const number = `(${numberPattern})(?![\\w-])`
  return text
    .replace(new RegExp(`\\b(${comparison}|between) ${number}(?! (?:${counted})\\b)`, 'g'), inPounds)
    .replace(new RegExp(`(?<![\\w£<.-])(${numberPattern}) to (?=<)`, 'g'), (whole: string, number: string) => {
      const amount = inPence(number)
      return amount === undefined ? whole : `${marked(amount)} to `
    })
    .replace(new RegExp(`(<\\d+> (?:and|to)) ${number}(?! (?:${counted})\\b)`, 'g'), inPounds)
}

function inPounds(whole: string, before: string, number: string): string {
  const amount = inPence(number)
  return amount === undefined ? whole : `${before} ${marked(amount)}`
}
