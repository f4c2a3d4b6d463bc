import { randomUUID } from 'node:crypto'

import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'

import type { FoundProduct, ToolFacts } from '../tools/facts.ts'
import type { Category, Plan, Step } from './plan.ts'
import { normalise } from './reading/normalise.ts'
import { factsOf, rememberedIn } from './remember.ts'
import { say } from './say.ts'
import { understand } from './understand.ts'

/**
 * A chat model that is a set of rules over the catalogue's own vocabulary. It calls tools as any other does, one at a time, and says what
 * they returned. It keeps nothing: all it goes by is in the messages.
 */
export class PlannerModel extends BaseChatModel {
  readonly #categories: readonly Category[]

  constructor({ categories }: { readonly categories: readonly Category[] }) {
    super({})
    this.#categories = categories
  }

  override _llmType(): string {
    return 'souk-planner'
  }

  /** It knows the tools there are. */
  override bindTools(): this {
    return this
  }

  override _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const message = this.#next(messages)
    return Promise.resolve({ generations: [{ text: message.text, message }] })
  }

  #next(messages: readonly BaseMessage[]): AIMessage {
    const from = messages.findLastIndex((message) => HumanMessage.isInstance(message))
    const said = messages[from]?.text ?? ''
    const plan = understand(said, { remembered: rememberedIn(messages.slice(0, from)), categories: this.#categories })
    const returned = messages.slice(from + 1).filter((message) => ToolMessage.isInstance(message))
    // A tool that was not run returns words alone.
    const facts = returned.map((message) => factsOf(message) ?? ({ kind: 'REFUSED', why: 'UNAVAILABLE' } as const))
    const step = nextStep(plan, facts)
    if (step === undefined) return new AIMessage(say(plan, facts))
    return new AIMessage({
      content: '',
      tool_calls: [{ id: `call_${randomUUID()}`, name: step.tool, args: step.args, type: 'tool_call' }],
    })
  }
}

/** Undefined when there is none, or it has nothing to go by: then it is time to speak. */
function nextStep({ steps }: Plan, facts: readonly ToolFacts[]): Step | undefined {
  const step = steps[facts.length]
  if (step === undefined || facts.at(-1)?.kind === 'REFUSED') return undefined
  if (step.tool === 'proposeCartChange') {
    if (facts.length === 1 && isOpen(facts[0])) return undefined
    const lines = step.args.lines.map(({ variantId, quantity }) => {
      const found = resolved(variantId, facts)
      return { variantId: typeof found === 'string' ? found : found?.variants[0]?.variantId, quantity }
    })
    return lines.every(isWhole) ? { tool: step.tool, args: { lines } } : undefined
  }
  if (step.tool !== 'recommend' && step.tool !== 'productDetails') return step
  const ids = (step.args.productIds ?? []).map((reference) => {
    const found = resolved(reference, facts)
    return typeof found === 'string' ? found : found?.productId
  })
  if (!ids.every((id) => id !== undefined)) return undefined
  if (step.tool === 'productDetails') return { tool: step.tool, args: { productIds: ids } }
  return { tool: step.tool, args: { basis: step.args.basis, ...(ids.length > 0 && { productIds: ids }) } }
}

function isWhole(line: {
  variantId: string | undefined
  quantity: number
}): line is { variantId: string; quantity: number } {
  return line.variantId !== undefined
}

/** An id as it is, or the product that an earlier call found. */
function resolved(reference: string, facts: readonly ToolFacts[]): string | FoundProduct | undefined {
  const [, call, place] = /^@(\d+)\.(\d+)$/.exec(reference) ?? []
  if (call === undefined) return reference
  const found = facts[Number(call) - 1]
  return found?.kind === 'PRODUCTS' ? found.products[Number(place) - 1] : undefined
}

/** Whether what was found is several things of which no one was named: then the shopper is asked which. */
function isOpen(facts: ToolFacts | undefined): boolean {
  if (facts?.kind !== 'PRODUCTS' || facts.search === undefined || facts.products.length < 2) return false
  const { text, sort } = facts.search
  if (sort !== undefined || text === undefined) return sort === undefined
  const wordsOf = (name: string) =>
    normalise(name)
      .split(/[ ,-]+/)
      .filter(Boolean)
      .sort()
      .join(' ')
  return wordsOf(facts.products[0]?.name ?? '') !== wordsOf(text)
}
