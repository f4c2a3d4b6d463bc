import { z } from 'zod'

import { utterance } from '../../../contracts/text.ts'
import { parseId } from '../../../platform/ids.ts'
import { parseInput, refused } from '../../../platform/graphql/refusals.ts'
import type { Answer, Assistant, AssistantEvent, Question, Reply } from '../assistant/port.ts'
import { limits } from '../assistant/rules/limits.ts'
import type { Context } from './context.ts'
import type { ResolversTypes } from './generated.ts'

const questionInput = z.object({
  conversationId: z.string().nullish(),
  message: utterance('The question', limits.message),
})

/**
 * The assistant in the graph: reads what is asked, and puts what it says into types.
 * @param assistant undefined where none is configured
 */
export function assistantInGraph(assistant: Assistant | undefined) {
  function read(input: unknown, { viewer, request: { errand, traceparent, cancellation } }: Context) {
    const parsed = parseInput(questionInput, input)
    if (!parsed.ok) return parsed.refusal
    if (assistant === undefined || errand === undefined) {
      return refused('NOT_FOUND', 'No assistant is configured in this shop.')
    }
    const { message, conversationId: given } = parsed.value
    const conversationId = typeof given === 'string' ? parseId(given) : undefined
    if (typeof given === 'string' && conversationId === undefined) {
      return refused('NOT_FOUND', 'There is no such conversation.')
    }
    const question: Question = { conversationId, message, viewer, errand, traceparent, signal: cancellation?.signal }
    return { assistant, question }
  }

  return {
    async answer(input: unknown, context: Context) {
      const asked = read(input, context)
      return 'code' in asked ? asked : answerModel(await asked.assistant.ask(asked.question))
    },

    /** Each event as graphql-js takes one, by the name of the field. */
    async *events(
      input: unknown,
      context: Context,
    ): AsyncGenerator<{ assistantReply: ResolversTypes['AssistantEvent'] }, void> {
      const asked = read(input, context)
      if ('code' in asked) yield { assistantReply: asked }
      else for await (const event of asked.assistant.stream(asked.question)) yield { assistantReply: eventModel(event) }
    },
  }
}

function eventModel(event: AssistantEvent) {
  switch (event.kind) {
    case 'STARTED':
      return { __typename: 'AssistantBegun' as const, conversationId: event.conversationId }
    case 'LOOKED':
      return { __typename: 'AssistantLookedUp' as const, tool: event.tool }
    case 'TEXT':
      return { __typename: 'AssistantWords' as const, text: event.text }
    case 'REPLIED':
    case 'REFUSED':
      return answerModel(event)
  }
}

function answerModel(answer: Answer) {
  return answer.kind === 'REFUSED' ? refused(answer.code, answer.message) : replyModel(answer.reply)
}

function replyModel({ productIds, proposal, ...reply }: Reply) {
  return {
    __typename: 'AssistantReply' as const,
    ...reply,
    products: productIds.map((id) => ({ id })),
    proposal: proposal === undefined ? null : { ...proposal, lines: proposal.lines.map(lineModel) },
  }
}

function lineModel({ variantId, quantity }: { readonly variantId: string; readonly quantity: number }) {
  return { variant: { id: variantId }, quantity }
}
