import { utterance } from '../../../../contracts/text.ts'
import { limits } from './limits.ts'
import { claimsNothing } from './reply/claims.ts'
import { keepsInstructions } from './reply/instructions-kept.ts'
import { linksNowhere } from './reply/links.ts'
import { isLookedUp } from './reply/look-ups.ts'
import { isSense } from './reply/nonsense.ts'
import { pricesAreTold } from './reply/prices.ts'
import { isNoRefusal } from './reply/refusals.ts'
import { uuids, type ReplyInQuestion, type ReplyRule } from './reply/reply.ts'

/** By the rule that the shopper's own messages are held to. */
const printable = utterance('The reply', limits.reply)

const isWritten: ReplyRule = ({ text }) => {
  if (text.trim() === '') return 'it is empty'
  if (Array.from(text).length > limits.reply) return 'it is too long'
  return printable.safeParse(text).success ? undefined : 'it holds what cannot be printed'
}

const idsAreKnown: ReplyRule = ({ text, isKnown }) =>
  (text.match(uuids) ?? []).some((id) => !isKnown(id.toLowerCase()))
    ? 'it names an id that no tool returned'
    : undefined

/** What a reply is held to, in this order; the first that speaks against it is what is logged. */
export const replyRules = {
  isWritten,
  isSense,
  isNoRefusal,
  linksNowhere,
  keepsInstructions,
  idsAreKnown,
  isLookedUp,
  pricesAreTold,
  claimsNothing,
} as const satisfies Readonly<Record<string, ReplyRule>>

/** Why a reply may not be shown; undefined where it may. What it says is taken from what tools returned, or it is not said. */
export function whyNotShown(
  reply: ReplyInQuestion,
  rules: Readonly<Record<string, ReplyRule>> = replyRules,
): string | undefined {
  for (const rule of Object.values(rules)) {
    const why = rule(reply)
    if (why !== undefined) return why
  }
  return undefined
}
