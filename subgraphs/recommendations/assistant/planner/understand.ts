import { compared } from './compared.ts'
import { declined, isDoubtful, notReally } from './declined.ts'
import { followUp } from './follow-up.ts'
import * as grammar from './grammar/grammar.ts'
import * as requests from './grammar/requests.ts'
import { calls, nothing, type Plan, type PlanContext } from './plan.ts'
import { normalise, tidied, without } from './reading/normalise.ts'
import { foreignMoney } from './reading/prices.ts'
import { readReferences } from './reading/references.ts'
import { searchFor } from './search-for.ts'
import { idsOf, propose, wanted } from './wanted.ts'

/** What is said, read as calls of tools. Pure: the same words after the same conversation are the same plan. */
export function understand(said: string, known: PlanContext): Plan {
  const text = normalise(said).replace(mostSpent, 'no more than').replace(corrected, '')
  const plan = read(text, known)
  const isPriced = plan.steps.some(
    ({ tool, args }) => tool === 'searchProducts' && (args.minPrice !== undefined || args.maxPrice !== undefined),
  )
  return isPriced && foreignMoney.test(text) ? { ...plan, tookForPounds: true } : plan
}

const greeting = /^(?:hello|hi|hey|good (?:morning|afternoon|evening)|no|please|ok|okay|so|well)(?: there)? ?,? (?=\S)/
/** A limit that sounds like a refusal. */
const mostSpent =
  /\b(?:(?:and|but) )?(?:(?:i|we) )?(?:dont|do not|wont|will not|cant|cannot|can not)(?: want| like)?(?: to)? (?:(?:spend|pay|afford)(?: any(?:thing)?)? ?(?:more than|over|above)|any(?:thing)? (?:more than|over|above|dearer than|more expensive than))/

/** What somebody has taken back while saying it: "the first, no wait, the second". */
const corrected = /^.*\b(?:no wait|wait no|scratch that|or rather|on second thoughts?|i mean)(?![\w-]) ?,? ?(?=\S)/

function read(text: string, known: PlanContext): Plan {
  const asked = requested(text, known)
  if (asked !== undefined) return asked
  const wish = text.replace(greeting, '').replace(notReally, ' ').trim()
  const no = declined(text, known)
  if (no !== undefined) return no
  const ignored = grammar.ignored.exec(wish)?.[0]
  const rest = ignored === undefined ? wish : without(wish, grammar.ignored)
  const plan = answered(rest, known)
  // Something is declined, and it is not clear what: then nothing is proposed of what was shown.
  const [first] = plan.steps
  if (first?.tool === 'proposeCartChange' && isDoubtful(wish)) return nothing('NOT_SURE')
  return ignored === undefined ? plan : { ...plan, ignored: [ignored.trim()] }
}

/** What is asked of the assistant itself. */
function requested(text: string, { remembered }: PlanContext): Plan | undefined {
  if (requests.undo.test(text)) {
    if (!remembered.hasProposal) return nothing('NOTHING_TO_UNDO')
    return { ...calls({ tool: 'viewCart', args: {} }), topic: 'UNDONE' }
  }
  const small = requests.smallTalk.find(([, pattern]) => pattern.test(text))
  if (small !== undefined) return nothing(small[0])
  const number = requests.orderNumber.exec(text)?.[0]
  if (number !== undefined) return calls({ tool: 'orderStatus', args: { number: number.toUpperCase() } })
  const refused = requests.refusals.find(([, pattern]) => pattern.test(text))
  return refused === undefined ? undefined : nothing(refused[0])
}

function answered(wish: string, known: PlanContext): Plan {
  return (
    recommended(wish, known) ??
    owned(wish) ??
    agreed(wish, known) ??
    compared(wish, known) ??
    followUp(wish, known) ??
    wanted(wish, known)
  )
}

/** What is recommended without anything else being asked for. */
function recommended(text: string, known: PlanContext): Plan | undefined {
  if (grammar.companion.test(text)) return undefined
  const basis = grammar.recommendations.find(([, pattern]) => pattern.test(text))?.[0]
  if (basis !== undefined) return calls({ tool: 'recommend', args: { basis } })
  const towards = grammar.towards.find(([, pattern]) => pattern.test(text))
  if (towards === undefined) return undefined
  const [of, pattern] = towards
  const rest = without(text, pattern)
  const found = readReferences(rest, known.remembered)
  if (found.kind === 'PICKED') return calls({ tool: 'recommend', args: { basis: of, productIds: idsOf(found.picked) } })
  if (found.kind !== 'NONE') return nothing(found.kind)
  const args = searchFor(tidied(rest), known)
  if (args.text === undefined) return nothing('NOTHING_SHOWN')
  return calls({ tool: 'searchProducts', args }, { tool: 'recommend', args: { basis: of, productIds: ['@1.1'] } })
}

/** What is the shopper's own: cart and orders. */
function owned(text: string): Plan | undefined {
  const isTaking = grammar.taking.test(text)
  const putsIn = /^what did i (?:put|add)\b/.test(text)
  if ((!isTaking || putsIn) && requests.viewCart.test(text)) return calls({ tool: 'viewCart', args: {} })
  if (!isTaking && requests.order.test(text)) return calls({ tool: 'orderStatus', args: {} })
  return undefined
}

/** A bare yes. */
function agreed(text: string, { remembered }: PlanContext): Plan | undefined {
  if (!requests.yes.test(text)) return undefined
  if (remembered.hasProposal) return nothing('ACCEPT_YOURSELF')
  const [only, ...more] = remembered.focus === undefined ? remembered.shown : [remembered.focus]
  if (only === undefined) return nothing('UNCLEAR')
  return more.length > 0 ? nothing('WHICH_ONE') : propose([{ product: only, quantity: 1, unread: [] }])
}
