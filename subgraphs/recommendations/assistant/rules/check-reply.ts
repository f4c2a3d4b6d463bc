import { utterance } from '../../../../contracts/text.ts'
import { limits } from './limits.ts'

export interface ReplyFacts {
  /** Whether a tool has returned this id in the conversation. */
  isKnown(id: string): boolean
  /** Prices and totals that tools have returned, and limits that were asked for, in minor units. */
  readonly amounts: readonly number[]
  /** Whether a tool has returned anything in this conversation, or the shopper has asked for nothing that a tool could tell. */
  readonly isLookedUp: boolean
  /** What no reply may repeat. */
  readonly prompt: string
}

const uuids = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi
const prices = /(?:£|GBP ?)(\d+(?:[.,]\d{1,2})?)|(\d+(?:[.,]\d{1,2})?) ?(?:GBP|pounds?\b)|\b(\d+) ?(?:p\b|pence\b)/gi
/** A link, a token or a key: nothing that the assistant has to say holds one. */
const foreign = /https?:|www\.|\beyJ[\w-]{8,}|\bsk-[\w-]{16,}|-----BEGIN/i
/** By the rule that the shopper's own messages are held to. */
const printable = utterance('The reply', limits.reply)
/** So many words of the prompt one after the other are no accident. */
const wordsOfPrompt = 7

/** Why a reply may not be shown; undefined where it may. What it says is taken from what tools returned, or it is not said. */
export function whyNotShown(text: string, { isKnown, amounts, isLookedUp, prompt }: ReplyFacts): string | undefined {
  if (text.trim() === '') return 'it is empty'
  if (Array.from(text).length > limits.reply) return 'it is too long'
  if (!printable.safeParse(text).success) return 'it holds what cannot be printed'
  if (text.includes('<think>')) return 'it thinks aloud'
  if (foreign.test(text)) return 'it holds a link or a secret'
  if ((text.match(uuids) ?? []).some((id) => !isKnown(id.toLowerCase()))) return 'it names an id that no tool returned'
  if (pricesIn(text).some((price) => !isPayable(price, amounts))) return 'it names a price that no tool returned'
  if (repeats(text, prompt)) return 'it repeats its instructions'
  if (!isLookedUp) return 'it has looked nothing up'
  return undefined
}

function pricesIn(text: string): number[] {
  return [...text.matchAll(prices)].map(([, sign, word, pence]) =>
    pence === undefined ? Math.round(Number((sign ?? word ?? '0').replace(',', '.')) * 100) : Number(pence),
  )
}

/** A price that is known, or so many times one, or the difference or sum of two. */
function isPayable(price: number, amounts: readonly number[]): boolean {
  const multiples = amounts.flatMap((amount) =>
    Array.from({ length: limits.quantity }, (_none, at) => amount * (at + 1)),
  )
  const known = new Set(multiples)
  return known.has(price) || amounts.some((amount) => known.has(price - amount))
}

function repeats(text: string, prompt: string): boolean {
  const words = wordsIn(text)
  const secret = ` ${wordsIn(prompt).join(' ')} `
  return words.some((_word, at) => {
    const run = words.slice(at, at + wordsOfPrompt)
    return run.length === wordsOfPrompt && secret.includes(` ${run.join(' ')} `)
  })
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
