import type { ToolFacts } from '../../tools/facts.ts'
import { numbersIn } from './numbers.ts'
import { asRead, type LookUp, type ReplyRule } from './reply.ts'

/** What nobody knows who has looked nothing up. */
const facts =
  /\b(?:in|out of) stock\b|\bstock\b|\bavailab\w+|\bsold out\b|\bsells?\b|\bcart\b|\bbasket\b|\borders?\b|\bdeliver\w*|\bshipp\w*|\bwe (?:have|carry|stock|offer)\b|\bthere (?:is|are)\b|\bprices?\b|\bcosts?\b|£/i

/** A look-up counts in the turn that it is made in, and where it was not refused. */
export const isLookedUp: ReplyRule = ({ text, facts: returned, lookUps }) => {
  const found = returned.filter(({ kind }) => kind !== 'REFUSED')
  if (!lookUps.every((lookUp) => found.some((one) => answers(one, lookUp)))) return 'it has looked nothing up'
  if (found.length > 0) return undefined
  const read = asRead(text)
  return facts.test(read) || numbersIn(read).length > 0 ? 'it tells what it has not looked up' : undefined
}

function answers({ kind }: ToolFacts, lookUp: LookUp): boolean {
  return lookUp === 'ANYTHING' || kind === lookUp
}
