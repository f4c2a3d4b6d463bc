import type { BaseMessage } from '@langchain/core/messages'
import { ToolMessage } from '@langchain/core/messages'

import { asError } from '../../../platform/errors.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { finalText, isRefusal, runAgent } from './agent.ts'
import type { Reply } from './port.ts'
import { instructions } from './instructions.ts'
import type { LanguageModel } from './models/model.ts'
import { PlannerModel } from './planner/model.ts'
import type { Category, Step } from './planner/plan.ts'
import { factsOf, rememberedIn } from './planner/remember.ts'
import { understand } from './planner/understand.ts'
import { limits } from './rules/limits.ts'
import { withoutEmphasis, type LookUp } from './rules/reply/reply.ts'
import type { ToolFacts } from './tools/facts.ts'
import type { Turn } from './turn.ts'

export interface TurnRequest {
  readonly history: readonly BaseMessage[]
  readonly categories: readonly Category[]
  readonly message: string
  readonly turn: Turn
  readonly signal: AbortSignal
}

export interface Answered {
  readonly kind: 'ANSWERED'
  /** Of this turn, to be remembered. */
  readonly messages: readonly BaseMessage[]
  readonly reply: Omit<Reply, 'conversationId'>
}

interface Looked {
  readonly kind: 'LOOKED'
  readonly tool: string
}

const mostProducts = 12

/**
 * Has the language model answer, where there is one; where it fails, is late, refuses or says what may not be shown, the planner answers
 * the same question as if nobody had before.
 */
export function answering({ model, log }: { readonly model: LanguageModel | undefined; readonly log: Logger }) {
  async function* byModel(
    { chat, provider }: LanguageModel,
    asked: TurnRequest,
  ): AsyncGenerator<Looked | Answered, void> {
    const { history, categories, message, turn } = asked
    const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(limits.languageModel)])
    const toolCalls = turn.guards.toolCalls - limits.plannerCalls
    const systemPrompt = instructions(categories)
    let messages: readonly BaseMessage[] = []
    for await (messages of runAgent({ model: chat, systemPrompt, history, message, turn, signal, toolCalls }))
      yield* lookedAt(messages)
    const text = withoutEmphasis(finalText(messages))
    const whyNot = isRefusal(messages)
      ? 'the model refused'
      : turn.guards.whyNotShown({
          ...{ text, said: message },
          facts: factsIn(messages),
          isKnown: (id) => turn.known.has(id),
          lookUps: lookUpsFor(asked),
          // The shelves are no secret.
          prompt: instructions([]),
        })
    if (whyNot !== undefined) throw new Error(`the reply is not shown: ${whyNot}`)
    yield answeredBy(messages, text, { provider, kind: 'LANGUAGE_MODEL', degraded: false })
  }

  async function* byRules(asked: TurnRequest, degraded: boolean): AsyncGenerator<Looked | Answered, void> {
    const { history, categories, message, turn, signal } = asked
    const chat = new PlannerModel({ categories })
    let messages: readonly BaseMessage[] = []
    for await (messages of runAgent({
      model: chat,
      systemPrompt: '',
      history,
      message,
      turn,
      signal,
      toolCalls: limits.plannerCalls,
    }))
      yield* lookedAt(messages)
    yield answeredBy(messages, finalText(messages), { provider: 'planner', kind: 'RULES', degraded })
  }

  return async function* answer(asked: TurnRequest): AsyncGenerator<Looked | Answered, void> {
    if (model === undefined) return yield* byRules(asked, false)
    try {
      return yield* byModel(model, asked)
    } catch (thrown) {
      asked.signal.throwIfAborted()
      log.warn({ err: asError(thrown), provider: model.provider }, 'the language model failed; the planner answers')
    }
    yield* byRules(asked, true)
  }
}

const ownThings: Readonly<Partial<Record<Step['tool'], LookUp>>> = { viewCart: 'CART', orderStatus: 'ORDERS' }

/** What there is to look up for it, as far as the rules can read it: who says something of the shop without that has made it up. */
function lookUpsFor({ history, categories, message }: TurnRequest): readonly LookUp[] {
  const { steps } = understand(message, { remembered: rememberedIn(history, categories), categories })
  return steps.map(({ tool }) => ownThings[tool] ?? 'ANYTHING')
}

function* lookedAt(messages: readonly BaseMessage[]): Generator<Looked, void> {
  const last = messages.at(-1)
  if (ToolMessage.isInstance(last)) yield { kind: 'LOOKED', tool: last.name ?? 'a tool' }
}

function answeredBy(
  messages: readonly BaseMessage[],
  text: string,
  by: Pick<Reply, 'provider' | 'kind' | 'degraded'>,
): Answered {
  const facts = factsIn(messages)
  const proposal = facts.findLast((one) => one.kind === 'PROPOSAL')
  return {
    kind: 'ANSWERED',
    messages,
    reply: {
      ...by,
      message: text,
      productIds: shownIn(facts),
      ...(proposal && {
        proposal: {
          token: proposal.token,
          expiresAt: new Date(proposal.expiresAt),
          lines: proposal.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
        },
      }),
    },
  }
}

/** What was found last, or is proposed: ids that tools returned, whatever the text says. */
function shownIn(facts: readonly ToolFacts[]): readonly string[] {
  const last = facts.findLast(({ kind }) => kind === 'PRODUCTS' || kind === 'DETAILS' || kind === 'PROPOSAL')
  if (last?.kind === 'PROPOSAL') return [...new Set(last.lines.map(({ productId }) => productId))]
  if (last?.kind !== 'PRODUCTS' && last?.kind !== 'DETAILS') return []
  return last.products.slice(0, mostProducts).map(({ productId }) => productId)
}

function factsIn(messages: readonly BaseMessage[]): ToolFacts[] {
  return messages.flatMap((message) => factsOf(message) ?? [])
}
