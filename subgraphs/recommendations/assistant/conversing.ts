import { HumanMessage, type BaseMessage } from '@langchain/core/messages'

import { asError } from '../../../platform/errors.ts'
import type { AskGraph } from '../../../platform/subgraph/ask-graph.ts'
import { withinDeadline } from '../../../platform/work/deadline.ts'
import { answering, type Answered } from './answering.ts'
import { openModel } from './models/open-model.ts'
import { factsOf } from './planner/remember.ts'
import type { Assistant, AssistantEvent, AssistantParts, Question } from './port.ts'
import { allGuards } from './rules/guards.ts'
import { nothingKnown } from './rules/known.ts'
import { limits } from './rules/limits.ts'
import { proposalSigner } from './rules/proposals.ts'
import { takingTurns, type TakenTurn } from './taking-turns.ts'
import { shelves, type AskShop } from './tools/shop-graph.ts'

/** The assistant itself: whose turn it is, what is remembered of it, and who answers. */
export async function createAssistant(parts: AssistantParts): Promise<Pick<Assistant, 'stream'>> {
  const { config, conversations, askGraph, clock, newId, guards = allGuards, log } = parts
  const answer = answering({ model: parts.model ?? (await openModel(config)), log })
  const sign = proposalSigner({ secret: config.PROPOSAL_SECRET, clock, newId })
  const take = takingTurns({ conversations, clock, newId, guards })

  async function* turnOf(
    question: Question,
    { own, owner }: TakenTurn,
    signal: AbortSignal,
  ): AsyncGenerator<AssistantEvent, void> {
    const { id: conversationId } = own
    const ask = askingFor(question, { askGraph, signal })
    const [history, categories] = await Promise.all([
      conversations.messages(conversationId),
      shelves(ask).catch(() => []),
    ])
    const turn = { owner, ask, known: knownIn(history), sign, guards }
    let answered: Answered | undefined
    for await (const event of answer({ history, categories, message: question.message, turn, signal })) {
      if (event.kind === 'LOOKED') yield event
      else answered = event
    }
    if (answered === undefined) throw new Error('the assistant has ended without an answer')
    const isKept = await conversations.keepMessages(own, newest([...history, ...answered.messages]))
    // This process stood still for so long that another may have answered since.
    if (!isKept) {
      yield { kind: 'REFUSED', code: 'CONFLICT', message: 'My answer came too late; ask again.' }
      return
    }
    const reply = { conversationId, ...answered.reply }
    for (const text of reply.message.split(/(?<=\n)/)) yield { kind: 'TEXT', text }
    yield { kind: 'REPLIED', reply }
  }

  return {
    async *stream(question) {
      const turn = await take(question)
      const { own, taken } = turn
      if (taken === 'NONE') yield { kind: 'REFUSED', code: 'NOT_FOUND', message: 'There is no such conversation.' }
      if (taken === 'BUSY')
        yield { kind: 'REFUSED', code: 'CONFLICT', message: 'I am still answering your last question.' }
      if (taken !== 'TAKEN') return
      const timeUp = AbortSignal.timeout(guards.turn)
      const signal = question.signal === undefined ? timeUp : AbortSignal.any([timeUp, question.signal])
      try {
        yield { kind: 'STARTED', conversationId: own.id }
        yield* turnOf(question, turn, signal)
      } catch (thrown) {
        if (!timeUp.aborted) throw thrown
        log.warn({ err: asError(thrown) }, 'a question is not answered, as its time is up')
        yield { kind: 'REFUSED', code: 'CONFLICT', message: 'I could not answer in time; ask again.' }
      } finally {
        const keptUntil = new Date(clock().getTime() + limits.conversation)
        await conversations.release(own, keptUntil).catch((thrown: unknown) => {
          log.warn({ err: asError(thrown) }, 'a conversation could not be given back; it is when its time is up')
        })
      }
    },
  }
}

/** The graph in the shopper's name, each question within its time and all within the turn's. */
function askingFor(
  { errand, traceparent }: Question,
  { askGraph, signal }: { readonly askGraph: AskGraph; readonly signal: AbortSignal },
): AskShop {
  return (query, variables = {}) =>
    withinDeadline(
      limits.question,
      async (until) => {
        const { data, errors } = await askGraph({ query, variables, errand, traceparent, signal: until })
        if (data === undefined || data === null)
          throw new Error(`the graph refused: ${errors[0]?.message ?? 'no reason'}`)
        return data
      },
      signal,
    )
}

function knownIn(history: readonly BaseMessage[]) {
  const known = nothingKnown()
  for (const facts of history.map(factsOf)) if (facts !== undefined) known.note(facts)
  return known
}

/** The newest turns, each whole. */
function newest(messages: readonly BaseMessage[]): readonly BaseMessage[] {
  const begins = messages.flatMap((message, at) => (HumanMessage.isInstance(message) ? [at] : []))
  return messages.slice(begins.at(-limits.remembered) ?? 0)
}
