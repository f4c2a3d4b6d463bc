import { AIMessage, HumanMessage, type BaseMessage } from '@langchain/core/messages'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { createAgent, createMiddleware, modelCallLimitMiddleware, toolCallLimitMiddleware } from 'langchain'

import { putRight } from './models/put-right.ts'
import { shopTools, turnContext } from './tools/tools.ts'
import type { Turn } from './turn.ts'

interface AgentRun {
  readonly model: BaseChatModel
  readonly systemPrompt: string
  readonly history: readonly BaseMessage[]
  readonly message: string
  readonly turn: Turn
  readonly signal: AbortSignal
  /** Calls of tools that it has. */
  readonly toolCalls: number
}

/** Steps of LangGraph for one call of a model and its tools, generously. */
const stepsPerCall = 8

const answersPutRight = createMiddleware({
  name: 'AnswersPutRight',
  async wrapModelCall(request, handler) {
    const reply = await handler(request)
    return AIMessage.isInstance(reply) ? putRight(reply) : reply
  },
})

/** One turn of an agent. Yields all messages of the turn whenever there is a new one; the last is the model's. */
export async function* runAgent(run: AgentRun): AsyncGenerator<readonly BaseMessage[], void> {
  const { model, systemPrompt, history, message, turn, signal, toolCalls } = run
  const agent = createAgent({
    model,
    tools: shopTools(turn.guards),
    systemPrompt,
    contextSchema: turnContext,
    middleware: [
      answersPutRight,
      // A call over the limit is not run, and the model gets an error as its result.
      toolCallLimitMiddleware({ runLimit: toolCalls, exitBehavior: 'continue' }),
      // A model that goes on all the same is stopped.
      modelCallLimitMiddleware({ runLimit: toolCalls + 2, exitBehavior: 'error' }),
    ],
  })
  const messages = [...history, new HumanMessage(message)]
  const states = await agent.stream(
    { messages },
    { context: { turn }, signal, streamMode: 'values', recursionLimit: (toolCalls + 2) * stepsPerCall },
  )
  let seen = 0
  for await (const state of states) {
    const own = state.messages.slice(history.length)
    if (own.length > seen) yield own
    seen = own.length
  }
}

/** What the model said last, once it calls no more tools. */
export function finalText(messages: readonly BaseMessage[]): string {
  const last = messages.at(-1)
  return AIMessage.isInstance(last) && (last.tool_calls ?? []).length === 0 ? last.text.trim() : ''
}

/** Whether the provider says that its model has refused. */
export function isRefusal(messages: readonly BaseMessage[]): boolean {
  const last = messages.at(-1)
  if (last === undefined) return false
  const { refusal } = last.additional_kwargs
  const { finish_reason: reason }: { finish_reason?: unknown } = last.response_metadata
  return (typeof refusal === 'string' && refusal !== '') || reason === 'content_filter'
}
