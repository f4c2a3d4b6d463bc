import { randomUUID } from 'node:crypto'

import type { BaseMessage } from '@langchain/core/messages'

import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { StoreUnavailable } from '../../../../platform/errors.ts'
import type { ConversationStore, OwnTurn } from '../conversations.ts'
import type { ConversationMemory } from './conversation-memory.ts'

/** Conversations that one statement removes at most. */
const batch = 20

/** With all that was said, what a turn has left that ended by a crash among it. */
const removal = `with gone as (
   delete from conversation where id in (
     select id from conversation where kept_until <= $1 order by kept_until limit $2 for update skip locked
   ) returning id::text
 ), writes as (delete from checkpoint_writes where split_part(thread_id, '/', 1) in (select id from gone)),
 blobs as (delete from checkpoint_blobs where split_part(thread_id, '/', 1) in (select id from gone)),
 turns as (delete from assistant_turns where turns[1] <= $1 - interval '1 minute')
 delete from checkpoints where split_part(thread_id, '/', 1) in (select id from gone)`

/**
 * A process takes a conversation by the name of its connections: while one of these is there, it lives. Where its address gives all
 * replicas one name, a turn that was left ends by its time alone.
 */
const ownName = `nullif(current_setting('application_name'), '')`
const isOwn = `taken_by is not distinct from ${ownName}`
const isDead = `taken_by is not null and not exists (
  select from pg_stat_activity where datname = current_database() and application_name = taken_by
)`

export function postgresConversations(database: PostgresDatabase): ConversationStore {
  let memory: Promise<ConversationMemory> | undefined

  /** LangGraph is loaded by whoever asks for the first time; all others need no memory for it. */
  function loaded(): Promise<ConversationMemory> {
    memory ??= import('./conversation-memory.ts').then(({ conversationMemory }) => conversationMemory(database))
    return memory
  }

  return {
    async begin({ id, owner, busyUntil }) {
      await database.query(
        `insert into conversation (id, owner_kind, owner_id, busy_until, kept_until, taken_by)
         values ($1, $2, $3, $4, $4, ${ownName})`,
        [id, owner.kind, owner.id, busyUntil],
      )
    },

    async take({ id, owner, now, busyUntil }) {
      const { rows } = await database.query<{ taken: boolean }>(
        `with own as (
           select id from conversation where id = $1 and owner_kind = $2 and owner_id = $3 and kept_until > $4
         ), taken as (
           update conversation set busy_until = $5, kept_until = greatest(kept_until, $5), taken_by = ${ownName}
           where id = (select id from own) and (busy_until is null or busy_until <= $4 or (${isDead}))
           returning id
         )
         select exists (select from taken) as taken from own`,
        [id, owner.kind, owner.id, now, busyUntil],
      )
      const [found] = rows
      if (found === undefined) return 'NONE'
      return found.taken ? 'TAKEN' : 'BUSY'
    },

    async release({ id, busyUntil }, keptUntil) {
      await database.query(
        `update conversation set busy_until = null, taken_by = null, kept_until = $3
         where id = $1 and busy_until = $2 and ${isOwn}`,
        [id, busyUntil, keptUntil],
      )
    },

    async countTurn({ owner, now, most }) {
      const { rowCount } = await database.query(
        `insert into assistant_turns (owner, turns) values ($1, array[$2::timestamptz])
         on conflict (owner) do update set turns = (array_prepend($2::timestamptz, assistant_turns.turns))[1:$3]
         where coalesce(assistant_turns.turns[$3] <= $2::timestamptz - interval '1 minute', true)`,
        [`${owner.kind} ${owner.id}`, now, most],
      )
      return rowCount === 1
    },

    async removeExpired(now) {
      await database.query(removal, [now, batch])
    },

    messages: (id) => inStore(async () => read(await loaded(), { database, id })),
    keepMessages: (turn, messages) => inStore(async () => keep(await loaded(), { database, turn, messages })),
  }
}

interface KeptConversation {
  readonly database: PostgresDatabase
  readonly id: string
}

async function read(memory: ConversationMemory, { database, id }: KeptConversation): Promise<BaseMessage[]> {
  const found = 'select thread from conversation where id = $1 and thread is not null'
  const { rows } = await database.query<{ thread: string }>(found, [id])
  const [kept] = rows
  return kept === undefined ? [] : memory.read(kept.thread)
}

interface Said {
  readonly database: PostgresDatabase
  readonly turn: OwnTurn
  readonly messages: readonly BaseMessage[]
}

/** Writes what was said where nobody reads it yet, and makes that the conversation's. Resolves with whether it is. */
async function keep({ write, forget }: ConversationMemory, { database, turn, messages }: Said): Promise<boolean> {
  const { id, busyUntil } = turn
  const thread = `${id}/${randomUUID()}`
  await write(thread, messages)
  const { rows } = await database.query<{ before: string | null }>(
    `with own as (select id, thread from conversation where id = $1 and busy_until = $2 and ${isOwn} for update)
     update conversation set thread = $3 from own where conversation.id = own.id returning own.thread as before`,
    [id, busyUntil, thread],
  )
  const [kept] = rows
  // What is left by a crash before this goes with the whole conversation.
  const useless = kept === undefined ? thread : kept.before
  if (useless !== null) await forget(useless)
  return kept !== undefined
}

/** What the library throws of its statements is one of the store's. */
async function inStore<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    throw new StoreUnavailable({ cause })
  }
}
