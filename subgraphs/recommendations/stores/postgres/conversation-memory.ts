import { BaseMessage, RemoveMessage } from '@langchain/core/messages'
import type { RunnableConfig } from '@langchain/core/runnables'
import { MessagesAnnotation, REMOVE_ALL_MESSAGES, StateGraph, START } from '@langchain/langgraph'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { z } from 'zod'

import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'

export interface ConversationMemory {
  read(id: string): Promise<BaseMessage[]>
  write(id: string, messages: readonly BaseMessage[]): Promise<void>
}

const node = 'said'

/** A thread that nothing was kept of has no messages. */
const state = z.object({
  messages: z.array(z.custom<BaseMessage>((value) => BaseMessage.isInstance(value))).default([]),
})

/**
 * What was said, in LangGraph's checkpoints: one for each conversation, its newest. A turn runs without them and is kept when it is
 * done, so that what a crash or a model that failed leaves half done is never part of a conversation.
 */
export function conversationMemory(database: PostgresDatabase): ConversationMemory {
  const graph = new StateGraph(MessagesAnnotation)
    .addNode(node, () => ({}))
    .addEdge(START, node)
    .compile({ checkpointer: new PostgresSaver(database.pool) })
  const threadOf = (id: string) => ({ configurable: { thread_id: id } })

  return {
    async read(id) {
      const kept: { readonly values: unknown } = await graph.getState(threadOf(id))
      return state.parse(kept.values).messages
    },
    async write(id, messages) {
      const replaced = [new RemoveMessage({ id: REMOVE_ALL_MESSAGES }), ...messages]
      const kept: RunnableConfig<{ checkpoint_id?: string }> = await graph.updateState(
        threadOf(id),
        { messages: replaced },
        node,
      )
      await forgetOlder(database, id, kept.configurable?.checkpoint_id ?? '')
    },
  }
}

async function forgetOlder(database: PostgresDatabase, id: string, checkpoint: string): Promise<void> {
  await database.query('delete from checkpoints where thread_id = $1 and checkpoint_id < $2', [id, checkpoint])
  await database.query(
    `delete from checkpoint_blobs blob where thread_id = $1 and not exists (
       select from checkpoints kept where kept.thread_id = $1
       and kept.checkpoint -> 'channel_versions' ->> blob.channel = blob.version)`,
    [id],
  )
  await database.query('delete from checkpoint_writes where thread_id = $1', [id])
}
