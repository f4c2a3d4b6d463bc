import type { ToolFacts } from '../../tools/facts.ts'
import { limits } from '../limits.ts'
import { groundsIn } from './grounds.ts'
import { numbersIn, type FoundNumber } from './numbers.ts'
import { asRead, uuids, type ReplyRule } from './reply.ts'

/** The shop has one currency; whoever speaks of another speaks of another shop. */
const foreignMoney =
  /(?!£)\p{Sc}|\b(?:dollars?|bucks?|euros?|cents?|percent|quids?|fivers?|tenners?|penny|pennies|guineas?|shillings?|farthings?|yen|yuan|rupees?|francs?|bitcoins?|btc|satoshis?|usd|eur|chf|jpy)\b/iu
const code = /(?:\b([A-Z]{3}) ?(?=\d)|(?<=\d) ?([A-Z]{3})\b)/g
const codes = new Set(Intl.supportedValuesOf('currency').filter((currency) => currency !== 'GBP'))
/** Prices that no tool can tell: the shop has one for each thing. */
const bargains =
  /%\s*(?:off|less|cheaper)|\bhalf[\s-]price|\b(?:is|are|for|it's|yours?|absolutely|completely) free\b(?! to)|\bfree (?:of charge|gift|delivery|shipping|postage)|\bdiscount|\bon sale\b|\bvoucher|\bcoupon|\bpromo|\brefund|\bgratis\b|\bfor nothing\b|\bcosts? nothing\b/iu

const before = {
  sign: /(?:£|\bGBP) ?-?$/i,
  strong:
    /\b(?:cost|costs|costing|prices?|priced|pay|paid|charged?|worth|comes? to|amounts? to|totals?|totalling|subtotal|reduced|bargain|sum)(?:[\s:,]+(?!\d)[\p{L}'’-]+){0,3}[\s:,=-]*$/iu,
  weak: /(?<!\bthere )\b(?:is|are|it's|its|now|only|just|for|at|to)\s*$|’s\s*$/iu,
}
const after = {
  pounds: /^ ?(?:£|GBP\b|pounds?\b)/i,
  pence: /^ ?(?:p|pence)\b/i,
  each: /^\s*(?:each|apiece|a piece|per|off|today)\b/i,
  end: /^\s*(?:$|[;,!?]|\.(?!\d)|now\b|only\b)/i,
}
/** Words of money that stand beside no number of their own: "one pound", or a sign alone. */
const money = /£|\bGBP\b|\b(?:pounds?|pence)\b/gi
const unit = /^ ?(?:cm|mm|m|km|ml|cl|l|kg|g|mg|oz|inch|inches|ft|litres?|metres?)\b|^ ?["″'′]/i

/** Every number is one that a tool has returned in this turn: one that stands for money as an amount, any other as it is. */
export const pricesAreTold: ReplyRule = ({ text, said, facts }) => {
  const { amounts, numbers, names } = groundsIn(facts)
  const read = withoutNames(asRead(text), names)
  if (foreignMoney.test(read) || isForeignCode(read)) return 'it names money that is not of this shop'
  if (bargains.test(read)) return 'it promises a price that no tool returned'
  if (/\p{N}/u.test(read.replace(/[0-9]/g, '')) || read.includes('\u2044'))
    return 'it writes numbers that nobody can check'
  const found = numbersIn(read)
  const priced = found.filter((one) => isMoney(one, read))
  if (!isAllPriced(read, priced)) return 'it speaks of money without an amount'
  const isPayable = payableBy(amounts)
  const limitsTold = limitsIn(facts, said)
  if (priced.some((one) => !isPayable(minor(one, read)) && !limitsTold(one, read)))
    return 'it names a price that no tool returned'
  const others = found.filter((one) => !priced.includes(one) && !isPlace(one, read))
  return others.some(({ value }) => !numbers.has(value)) ? 'it names a number that no tool returned' : undefined
}

/** What a thing is called holds no price; a name that does is read as any other words. */
function withoutNames(text: string, names: readonly string[]): string {
  const tame = names.map(asRead).filter((name) => /\p{L}/u.test(name) && !/\p{Sc}|\d[.,]\d\d\b/u.test(name))
  const parts = [...new Set(tame)]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[^\p{L}\p{N}]/gu, String.raw`\$&`).replace(/\\\s/g, String.raw`\s`))
  const plain = text.replace(uuids, 'it')
  if (parts.length === 0) return plain
  return plain.replace(new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${parts.join('|')})(?![\p{L}\p{N}])`, 'giu'), 'it')
}

function isForeignCode(text: string): boolean {
  return [...text.matchAll(code)].some(([, left, right]) => codes.has(left ?? right ?? ''))
}

function isMoney(one: FoundNumber, text: string): boolean {
  const [left, right] = [text.slice(0, one.start), text.slice(one.end)]
  if (before.sign.test(left) || after.pounds.test(right) || after.pence.test(right)) return true
  if (isPlace(one, text)) return false
  if (one.hasPence) return !unit.test(right)
  if (before.strong.test(left)) return true
  if (unit.test(right)) return false
  return after.each.test(right) || (before.weak.test(left) && after.end.test(right))
}

/** Whether each word of money has its number, in digits. */
function isAllPriced(text: string, priced: readonly FoundNumber[]): boolean {
  return [...text.matchAll(money)].every(({ 0: word, index }) => {
    const beside = (one: FoundNumber) =>
      /^\s?-?$/.test(text.slice(index + word.length, one.start)) || /^\s?$/.test(text.slice(one.end, index))
    return priced.some((one) => !one.isWord && (one.start >= index + word.length || one.end <= index) && beside(one))
  })
}

/** In minor units. */
function minor({ value, end }: FoundNumber, text: string): number {
  const isPence = after.pence.test(text.slice(end))
  return Math.round(value * (isPence ? 1 : 100))
}

/** An amount that is known, or so many times one, or the sum of two. */
function payableBy(amounts: readonly number[]): (price: number) => boolean {
  const multiples = amounts.flatMap((amount) =>
    Array.from({ length: limits.quantity }, (_none, at) => amount * (at + 1)),
  )
  const known = new Set(multiples)
  return (price) => known.has(price) || amounts.some((amount) => known.has(price - amount))
}

const upTo = /\b(?:under|below|up to|within|less than|(?:no|not) more than|at most|cheaper than)\s+(?:£|GBP ?)?$/i
const from = /\b(?:over|above|from|more than|at least|no less than)\s+(?:£|GBP ?)?$/i

/** A limit that the shopper has named and a tool has searched by may be named again, as a limit. */
function limitsIn(facts: readonly ToolFacts[], said: string): (one: FoundNumber, text: string) => boolean {
  const searches = facts.flatMap((one) => (one.kind === 'PRODUCTS' && one.search ? [one.search] : []))
  const asked = new Set(numbersIn(asRead(said)).map((one) => minor(one, asRead(said))))
  return (one, text) => {
    const left = text.slice(0, one.start)
    const price = minor(one, text)
    const isNear = (limit: number | undefined) => limit !== undefined && Math.abs(limit - price) <= 1
    if (!asked.has(price)) return false
    if (upTo.test(left)) return searches.some(({ maxPrice }) => isNear(maxPrice))
    return from.test(left) && searches.some(({ minPrice }) => isNear(minPrice))
  }
}

/** The number of a line in a list. */
function isPlace({ start, end, isWord, value }: FoundNumber, text: string): boolean {
  return (
    !isWord &&
    Number.isInteger(value) &&
    value <= 50 &&
    /(?:^|\n)\s*$/.test(text.slice(0, start)) &&
    /^[.)] /.test(text.slice(end))
  )
}
