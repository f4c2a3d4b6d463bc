import type { ToolFacts } from '../../tools/facts.ts'
import { asRead, type ReplyRule } from './reply.ts'

const deeds =
  'added|put|placed|inserted|ordered|bought|purchased|paid|checked out|charged|cancell?ed|refunded|returned|removed|deleted|emptied|changed|updated|reserved|booked|confirmed|submitted|completed|processed|applied|accepted|shipped|dispatched|saved'
const adverbs =
  'just|now|already|also|then|successfully|gladly|happily|have|had|went|gone|ahead|and|quickly|simply|so|it|them|all|both'
/** By the assistant: it has done nothing but look things up and propose. */
const done = new RegExp(
  String.raw`\b(?:I|we)(?:['’](?:ve|m|re)| have| had| am| was| were)?(?: (?:${adverbs})\b){0,4} (?:${deeds})\b`,
  'iu',
)
/** By whomever: it is in the cart, it is paid. */
const passive = new RegExp(
  String.raw`\b(?:is|are|was|were|been|being|got|gets|now|successfully|just|already|and)(?: (?!not\b|never\b|to\b|yet\b)\p{L}+){0,2}? (?:${deeds})\b`,
  'iu',
)
const nothing = /^(?:nothing|none)\b/i
const beginning = new RegExp(String.raw`(?:^|[.!?:;,\n]\s*)(?!put\b)(?:${deeds})\b(?! to (?:be|have)\b)`, 'iu')
const inCart = /\b(?:in|into|to) (?:your|the|my) (?:shopping )?(?:cart|basket|bag|trolley)\b/i
const proposes =
  /\b(?:propos\w*|suggest\w*|would you|shall I|should I|do you want|if you|once you|when you|you (?:can|could|may)|(?:can|could) be|accept\w*|will be|to be|nothing|not|until)\b/i
const money = /\b(?:your|the) (?:credit |debit |bank )?(?:card|account|payment|purchase|checkout)\b|\bpayment\b/i
const order = /\border\b/i
const states =
  /\b(?:pending|confirmed|rejected|cancell?ed|shipped|dispatched|delivered|on (?:its|the) way|arriv\w+|in transit|paid|refunded|returned|processed|completed)\b/gi
const stateOf: Readonly<Record<string, string>> = { canceled: 'cancelled', dispatched: 'shipped', paid: 'confirmed' }
const orderNumber = /\bSK-?[A-Z0-9]{4,}\b/gi

/**
 * The assistant does nothing but look things up and propose, so it says nothing else of itself: nothing was put into the cart, ordered, paid or
 * cancelled. Of orders it says what their tool has returned.
 */
export const claimsNothing: ReplyRule = ({ text, facts }) => {
  const read = asRead(text)
  const sentences = read.split(/(?<=[.!?\n])\s+/)
  if (done.test(read) || beginning.test(read)) return 'it says that it has done something'
  if (sentences.some((sentence) => money.test(sentence))) return 'it speaks of a payment'
  if (!isOfOrders(read, facts)) return 'it says of an order what no tool returned'
  const orders = facts.some((one) => one.kind === 'ORDERS' && one.orders.length > 0)
  const cart = facts.some((one) => one.kind === 'CART' && one.lines.length > 0)
  const isClaimed = (sentence: string) =>
    (inCart.test(sentence) && !proposes.test(sentence) && !cart) ||
    (!orders && !nothing.test(sentence) && passive.test(sentence))
  return sentences.some(isClaimed) ? 'it says that something was done' : undefined
}

/** Numbers and states of orders are those that were returned. */
function isOfOrders(text: string, facts: readonly ToolFacts[]): boolean {
  const found = facts.flatMap((one) => (one.kind === 'ORDERS' ? [one] : []))
  const orders = found.flatMap((one) => one.orders)
  const numbers = new Set([...orders.map(({ number }) => number), ...found.flatMap(({ asked }) => asked ?? [])])
  if ((text.match(orderNumber) ?? []).some((number) => !numbers.has(number.toUpperCase()))) return false
  const known = new Set(orders.map(({ status }) => status.toLowerCase()))
  if (!order.test(text) && found.length === 0) return true
  return (text.match(states) ?? []).every((state) => known.has(stateOf[state.toLowerCase()] ?? state.toLowerCase()))
}
