import { randomUUID } from 'node:crypto'

import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'

import type { Category } from './plan.ts'
import { nextStep } from './next-step.ts'
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
    const categories = this.#categories
    const remembered = rememberedIn(messages.slice(0, from), categories)
    const plan = understand(said, { remembered, categories })
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
