import type { BaseMessage } from '@langchain/core/messages'
import { HumanMessage } from '@langchain/core/messages'

import { asError, SoukError } from '../../../platform/errors.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import { withinDeadline } from '../../../platform/work/deadline.ts'
import type { Owner } from '../stores/conversations.ts'
import type { Assistant, AssistantEvent, AssistantParts, Question, Reply } from './port.ts'
import { openModel } from './models/open-model.ts'
import { factsOf } from './planner/remember.ts'
import { allGuards } from './rules/guards.ts'
import { nothingKnown } from './rules/known.ts'
import { limits } from './rules/limits.ts'
import { proposalSigner } from './rules/proposals.ts'
import { shelves, type AskShop } from './tools/shop-graph.ts'
import { answering, type Answered } from './answering.ts'

const minute = 60

/** The assistant itself: whose turn it is, what is remembered of it, and who answers. */
export async function createAssistant(parts: AssistantParts): Promise<Assistant> {
  const { config, conversations, askGraph, clock, newId, guards = allGuards } = parts
  const answer = answering({ model: parts.model ?? (await openModel(config)), log: parts.log })
  const sign = proposalSigner({ secret: config.PROPOSAL_SECRET, clock, newId })

  /** Takes the conversation, or says why not. */
  async function begin({ conversationId, viewer }: Question) {
    const owner = ownerOf(viewer)
    const now = clock()
    if (!(await conversations.countTurn({ owner, now, most: limits.turnsPerMinute }))) {
      throw new SoukError('RATE_LIMITED', 'That are more questions than I can answer in a minute.', {
        retryAfter: minute,
      })
    }
    const turn = { owner, now, busyUntil: new Date(now.getTime() + 2 * limits.turn) }
    if (conversationId !== undefined)
      return { id: conversationId, owner, taken: await conversations.take({ id: conversationId, ...turn }) }
    const id = newId()
    await conversations.removeExpired(now)
    await conversations.begin({ id, ...turn })
    return { id, owner, taken: 'TAKEN' as const }
  }

  function asking({ errand, traceparent }: Question, signal: AbortSignal): AskShop {
    return (query, variables) =>
      withinDeadline(
        limits.question,
        async (until) => {
          const { data, errors } = await askGraph({
            query,
            errand,
            traceparent,
            signal: until,
            ...(variables && { variables }),
          })
          if (data === undefined || data === null)
            throw new Error(`the graph refused: ${errors[0]?.message ?? 'nothing'}`)
          return data
        },
        signal,
      )
  }

  async function* turnOf(question: Question, id: string, owner: Owner): AsyncGenerator<AssistantEvent, void> {
    const timeUp = AbortSignal.timeout(limits.turn)
    const signal = question.signal === undefined ? timeUp : AbortSignal.any([timeUp, question.signal])
    const ask = asking(question, signal)
    const [history, categories] = await Promise.all([conversations.messages(id), shelves(ask).catch(() => [])])
    const known = nothingKnown()
    for (const facts of history.map(factsOf)) if (facts !== undefined) known.note(facts)
    const turn = { owner, ask, known, sign, guards }
    let answered: Answered | undefined
    for await (const event of answer({ history, categories, message: question.message, turn, signal })) {
      if (event.kind === 'LOOKED') yield event
      else answered = event
    }
    if (answered === undefined) throw new Error('the assistant ended without an answer')
    await conversations.keepMessages(id, newest([...history, ...answered.messages]))
    const reply = replyOf(id, answered)
    for (const text of reply.message.split(/(?<=\n)/)) yield { kind: 'TEXT', text }
    yield { kind: 'REPLIED', reply }
  }

  async function* stream(question: Question): AsyncGenerator<AssistantEvent, void> {
    const { id, owner, taken } = await begin(question)
    if (taken === 'NONE') yield { kind: 'REFUSED', code: 'NOT_FOUND', message: 'There is no such conversation.' }
    if (taken === 'BUSY')
      yield { kind: 'REFUSED', code: 'CONFLICT', message: 'I am still answering your last question.' }
    if (taken !== 'TAKEN') return
    try {
      yield { kind: 'STARTED', conversationId: id }
      yield* turnOf(question, id, owner)
    } finally {
      const keptUntil = new Date(clock().getTime() + limits.conversation)
      await conversations.release({ id, keptUntil }).catch((thrown: unknown) => {
        parts.log.warn({ err: asError(thrown) }, 'a conversation could not be given back; its time will')
      })
    }
  }

  return {
    stream,
    async ask(question) {
      for await (const event of stream(question)) {
        if (event.kind === 'REPLIED' || event.kind === 'REFUSED') return event
      }
      throw new Error('a turn has ended without a reply')
    },
  }
}

function ownerOf(viewer: Viewer): Owner {
  if (viewer.kind === 'visitor') throw new SoukError('UNAUTHENTICATED')
  return { kind: viewer.kind, id: viewer.id }
}

function replyOf(conversationId: string, { messages: _said, ...answered }: Answered): Reply {
  return { conversationId, ...answered.reply }
}

/** The newest turns, each whole. */
function newest(messages: readonly BaseMessage[]): readonly BaseMessage[] {
  const begins = messages.flatMap((message, at) => (HumanMessage.isInstance(message) ? [at] : []))
  return messages.slice(begins.at(-limits.remembered) ?? 0)
}
