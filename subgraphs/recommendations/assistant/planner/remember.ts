import { HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages'

import { toolFacts, type FoundProduct, type ToolFacts } from '../tools/facts.ts'
import { undo } from './grammar/requests.ts'
import type { Category, Remembered, ShownProduct } from './plan.ts'
import { normalise } from './reading/normalise.ts'
import { understand } from './understand.ts'

/** What a tool returned, as our code reads it; undefined for any other message. */
export function factsOf(message: BaseMessage): ToolFacts | undefined {
  return ToolMessage.isInstance(message) ? toolFacts.safeParse(message.artifact).data : undefined
}

/** So many questions back something may be waiting for an answer: the shopper may be asked twice. */
const waiting = 3

/** What the planner goes by of what was said before. */
export function rememberedIn(messages: readonly BaseMessage[], categories: readonly Category[]): Remembered {
  const questions = messages.flatMap((message, at) => (HumanMessage.isInstance(message) ? [at] : []))
  const from = questions.at(-waiting) ?? 0
  let remembered: Remembered = { shown: [], hasProposal: false }
  for (const [at, message] of messages.entries()) {
    const facts = factsOf(message)
    if (facts !== undefined) remembered = after(remembered, facts)
    if (!HumanMessage.isInstance(message)) continue
    if (undo.test(normalise(message.text))) remembered = { ...remembered, hasProposal: false }
    if (at >= from) {
      const { pending } = understand(message.text, { remembered, categories })
      remembered = { ...remembered, pending }
    }
  }
  return remembered
}

function after(remembered: Remembered, facts: ToolFacts): Remembered {
  switch (facts.kind) {
    case 'PRODUCTS': {
      const { hasProposal } = remembered
      const searched = facts.search === undefined ? remembered : { lastSearch: facts.search, total: facts.total }
      const { lastSearch, total } = searched
      // Where nothing was found, what was shown before is still what somebody sees.
      if (facts.products.length === 0) return { ...remembered, lastSearch, total }
      return { hasProposal, shown: facts.products.map(shownAs), lastSearch, total, pending: remembered.pending }
    }
    case 'DETAILS': {
      const described = facts.products.map(shownAs)
      const [focus, ...more] = described
      if (focus === undefined) return remembered
      if (more.length === 0) return { ...remembered, focus }
      const isOfList = described.every(({ productId }) => remembered.shown.some((one) => one.productId === productId))
      return isOfList ? remembered : { ...remembered, shown: described }
    }
    case 'PROPOSAL': {
      const shown = facts.lines.map(({ productId, variantId, name, variant = name, price }) => ({
        ...{ productId, name },
        variants: [{ variantId, name: variant, price: price.amount }],
      }))
      return { ...remembered, shown, focus: undefined, pending: undefined, hasProposal: true }
    }
    default:
      return remembered
  }
}

/** With what can be had of it; with all of it, where nothing can. */
export function shownAs({ productId, name, variants }: FoundProduct): ShownProduct {
  const inStock = variants.filter(({ available }) => available !== 0)
  const offered = inStock.length > 0 ? inStock : variants
  return {
    ...{ productId, name },
    variants: offered.map(({ variantId, name: of, price }) => ({ variantId, name: of, price })),
  }
}
