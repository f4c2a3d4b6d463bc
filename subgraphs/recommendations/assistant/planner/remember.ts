import { HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages'

import { toolFacts, type FoundProduct, type ToolFacts } from '../tools/facts.ts'
import { undo } from './grammar.ts'
import type { Remembered, ShownProduct } from './plan.ts'
import { normalise } from './reading/normalise.ts'

/** What a tool returned, as our code reads it; undefined for any other message. */
export function factsOf(message: BaseMessage): ToolFacts | undefined {
  return ToolMessage.isInstance(message) ? toolFacts.safeParse(message.artifact).data : undefined
}

/** What the planner goes by of what was said before. */
export function rememberedIn(messages: readonly BaseMessage[]): Remembered {
  let remembered: Remembered = { shown: [], hasProposal: false }
  for (const message of messages) {
    const facts = factsOf(message)
    if (facts !== undefined) remembered = after(remembered, facts)
    else if (HumanMessage.isInstance(message) && undo.test(normalise(message.text))) {
      remembered = { ...remembered, hasProposal: false }
    }
  }
  return remembered
}

function after(remembered: Remembered, facts: ToolFacts): Remembered {
  switch (facts.kind) {
    case 'PRODUCTS': {
      const { hasProposal, lastSearch } = remembered
      // Where nothing was found, what was shown before is still what somebody sees.
      if (facts.products.length === 0) return { ...remembered, lastSearch: facts.search ?? lastSearch }
      return { hasProposal, shown: facts.products.map(shownAs), lastSearch: facts.search ?? lastSearch }
    }
    case 'DETAILS': {
      const [focus, ...more] = facts.products.map(shownAs)
      return focus === undefined || more.length > 0 ? remembered : { ...remembered, focus }
    }
    case 'PROPOSAL': {
      const shown = facts.lines.map(({ productId, variantId, name, price }) => {
        return { productId, variantId, name, price: price.amount }
      })
      return { ...remembered, shown, hasProposal: true }
    }
    default:
      return remembered
  }
}

function shownAs({ productId, name, variants: [variant] }: FoundProduct): ShownProduct {
  return { productId, name, variantId: variant?.variantId ?? productId, price: variant?.price ?? 0 }
}
