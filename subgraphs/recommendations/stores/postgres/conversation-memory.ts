import { BaseMessage, RemoveMessage } from '@langchain/core/messages'
import { MessagesAnnotation, REMOVE_ALL_MESSAGES, StateGraph, START } from '@langchain/langgraph'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { z } from 'zod'

import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'

export interface ConversationMemory {
  read(thread: string): Promise<BaseMessage[]>
  /** @param thread nothing was written into it before: what the library numbers there belongs to one writer */
  write(thread: string, messages: readonly BaseMessage[]): Promise<void>
  forget(thread: string): Promise<void>
}

const node = 'said'

/** A thread that nothing was kept of has no messages. */
const state = z.object({
  messages: z.array(z.custom<BaseMessage>((value) => BaseMessage.isInstance(value))).default([]),
})

/**
 * What was said, in LangGraph's checkpoints: one for each thread. A turn runs without them and is kept when it is done, so that what a
 * crash or a model that failed leaves half done is never part of a conversation.
 */
export function conversationMemory(database: PostgresDatabase): ConversationMemory {
  const checkpointer = new PostgresSaver(database.pool)
  const graph = new StateGraph(MessagesAnnotation)
    .addNode(node, () => ({}))
    .addEdge(START, node)
    .compile({ checkpointer })
  const configOf = (thread: string) => ({ configurable: { thread_id: thread } })

  return {
    async read(thread) {
      const kept: { readonly values: unknown } = await graph.getState(configOf(thread))
      return state.parse(kept.values).messages
    },
    async write(thread, messages) {
      const replaced = [new RemoveMessage({ id: REMOVE_ALL_MESSAGES }), ...messages]
      await graph.updateState(configOf(thread), { messages: replaced }, node)
    },
    forget: (thread) => checkpointer.deleteThread(thread),
  }
}
