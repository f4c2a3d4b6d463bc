import type { ToolFacts } from '../../tools/facts.ts'

/** A reply that a language model would like to give, and what it may be made of. */
export interface ReplyInQuestion {
  /** As it would be shown. */
  readonly text: string
  /** What the shopper has said to that. */
  readonly said: string
  /** What tools have returned in this turn. */
  readonly facts: readonly ToolFacts[]
  /** Whether a tool has returned this id in the conversation. */
  isKnown(id: string): boolean
  /** What has to be looked up for it, as far as the planner can read it. */
  readonly lookUps: readonly LookUp[]
  /** What no reply may repeat. */
  readonly prompt: string
}

/** Of the shopper's own cart, of the shopper's own orders, or of anything else. */
export type LookUp = 'CART' | 'ORDERS' | 'ANYTHING'

/** One rule of what is not shown. @returns why not; undefined where nothing speaks against it */
export type ReplyRule = (reply: ReplyInQuestion) => string | undefined

/**
 * As rules read it: compatibility forms as what they stand for (full-width signs and digits, circled numbers), and the full stop of
 * Han scripts, which names of hosts may be written with, as ours.
 */
export function asRead(text: string): string {
  return text.normalize('NFKC').replaceAll('\u3002', '.')
}

export const uuids = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi

/** In lower case, without anything that stands between them. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Emphasis and headings, as many models write them, have no place in plain words; what they emphasise has. */
export function withoutEmphasis(text: string): string {
  return text
    .replace(/^#{1,6} +/gm, '')
    .replace(/\*\*|`/g, '')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*?\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/^(\s*)\* /gm, '$1- ')
}
