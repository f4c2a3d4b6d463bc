import type { z } from 'zod'

import { whyNotShown } from './check-reply.ts'
import { delimit } from './delimit.ts'
import { limits } from './limits.ts'
import type { Known } from './known.ts'
import { ownerOf } from './owner.ts'

/**
 * The rules that no model can break, each in one place. A test takes them away one by one, and sees the attacks succeed that each
 * of them holds off.
 */
export interface Guards {
  /** An id is good only if a tool has returned it in this conversation. */
  isKnown(known: Known, id: string): boolean
  /** Units of a line that may be proposed. */
  isQuantity(quantity: number): boolean
  /** What comes out of the graph, as a model reads it. */
  readonly delimit: (data: unknown) => string
  /** Why a reply may not be shown. */
  readonly whyNotShown: typeof whyNotShown
  /** Whose conversations somebody may go on with. */
  readonly ownerOf: typeof ownerOf
  /** Calls of tools in one turn. */
  readonly toolCalls: number
  /** Milliseconds of a turn. */
  readonly turn: number
  readonly turnsPerMinute: number
  /** What a tool takes: those arguments that it names, and no others. */
  argumentsOf(schema: z.ZodObject): z.ZodObject
}

export const allGuards: Guards = {
  isKnown: (known, id) => known.has(id),
  isQuantity: (quantity) => Number.isInteger(quantity) && quantity >= 1 && quantity <= limits.quantity,
  delimit,
  whyNotShown,
  ownerOf,
  toolCalls: limits.toolCalls,
  turn: limits.turn,
  turnsPerMinute: limits.turnsPerMinute,
  argumentsOf: (schema) => schema.strict(),
}
