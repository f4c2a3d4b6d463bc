import type { FoundProduct, ToolFacts } from '../tools/facts.ts'
import type { Plan } from './plan.ts'
import { sayCart, sayOrders, sayProposal } from './saying/own.ts'
import { echoed, listed, sayDetails, sayProducts, sayVariants } from './saying/products.ts'
import { topics } from './saying/topics.ts'

/** What the planner says, from what tools returned and nothing else. */
export function say(plan: Plan, facts: readonly ToolFacts[]): string {
  const left = (plan.ignored ?? []).map((words) => `I left out “${echoed(words)}”: I cannot take that into account.`)
  const pounds = plan.tookForPounds === true ? ['Prices are in pounds here: I took your amount for one in pounds.'] : []
  const topic = facts.length > 0 && plan.topic === undefined ? [] : [topics[plan.topic ?? 'UNCLEAR']]
  return [...topic, ...sayFacts(plan, facts), ...pounds, ...left].join('\n')
}

function sayFacts(plan: Plan, facts: readonly ToolFacts[]): string[] {
  const last = facts.at(-1)
  if (last === undefined) return []
  const [first] = facts
  const isToBePut = plan.steps.at(-1)?.tool === 'proposeCartChange'
  if (last.kind === 'DETAILS' && (plan.asksVariant === true || isToBePut)) return sayVariants(last.products)
  const isCutShort = facts.length < plan.steps.length && last.kind === 'PRODUCTS'
  if (isCutShort && !isToBePut) return facts.flatMap((one) => (isNothing(one) ? sayOne(one) : []))
  if (isCutShort && last.products.length > 1) return [`Which one do you mean?`, ...listed(last.products)]
  if (isCutShort && facts.length > 1 && first?.kind === 'PRODUCTS') {
    return [...sayOne(first), 'I know of nothing that goes with it.']
  }
  const before =
    facts.length > 1 && last.kind === 'PRODUCTS' && first?.kind === 'PRODUCTS' ? first.products[0] : undefined
  return sayOne(last, before)
}

function isNothing(facts: ToolFacts): boolean {
  return facts.kind === 'PRODUCTS' && facts.products.length === 0
}

function sayOne(facts: ToolFacts, goesWith?: FoundProduct): string[] {
  switch (facts.kind) {
    case 'PRODUCTS':
      return sayProducts(facts, goesWith)
    case 'DETAILS':
      return sayDetails(facts.products)
    case 'CART':
      return sayCart(facts)
    case 'ORDERS':
      return sayOrders(facts)
    case 'PROPOSAL':
      return sayProposal(facts)
    case 'REFUSED':
      return [sayRefused(facts)]
  }
}

function sayRefused({ why, name, available }: Extract<ToolFacts, { kind: 'REFUSED' }>): string {
  switch (why) {
    case 'OUT_OF_STOCK':
      return available === 0
        ? `${name ?? 'That'} is sold out.`
        : `Of ${name ?? 'that'} there are ${available ?? 'not so many'}.`
    case 'QUANTITY':
      return topics.QUANTITY
    case 'NOT_FOUND':
      return 'That is sold no more.'
    case 'UNKNOWN_ID':
    case 'NO_VARIANT':
      return topics.NOTHING_SHOWN
    case 'TOO_OFTEN':
    case 'UNAVAILABLE':
      return 'That part of the shop does not answer just now. Try again in a moment.'
  }
}
