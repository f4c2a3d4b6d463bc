import { repeatOnWake } from '../../work/loop.ts'
import type { Inbox } from '../../messaging/inbox.ts'
import type { Message } from '../../messaging/message.ts'
import { withStore, type PostgresDatabase, type Queryable, type StoreIn } from '../database.ts'

const hour = 3_600_000
const rememberedFor = '30 days'
const batchSize = 1_000

export interface InboxUpkeep {
  /** Resolves when what was too old at the call is forgotten. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/**
 * Forgets, once an hour, what was handled so long ago that it cannot be delivered again. The bus keeps its log for 7 days
 * and retries for minutes; what it keeps longer it keeps because nobody has handled it. A dead letter stays for ever, but
 * the transaction that failed on it took its inbox row back: replayed after years, it is as new as on the first day.
 * The first time is an hour after the start: what a crash has left unacknowledged has been delivered again by then, however
 * long the shop was closed meanwhile.
 */
export function keepInboxSmall(database: PostgresDatabase): InboxUpkeep {
  const { settled, stop } = repeatOnWake({
    name: 'upkeep of the inbox',
    log: database.log,
    sweepEvery: hour,
    async turn() {
      while ((await forgetBatch(database)) === batchSize);
    },
  })
  return { settled, stop }
}

/** A table of (consumer, message id), written in the transaction that has the effect. */
export function postgresInbox<Store>(database: PostgresDatabase, storeIn: StoreIn<Store>): Inbox<Store> {
  return {
    handleOnce: (delivery, handle) =>
      database.transaction(async (transaction) => {
        const fresh = await record(transaction, delivery)
        await handle(fresh, withStore(transaction, storeIn))
      }),
    startUpkeep: () => keepInboxSmall(database),
  }
}

/** A short transaction each, so that no consumer waits long; replicas leave each other's rows alone. */
async function forgetBatch(database: PostgresDatabase): Promise<number> {
  const { rowCount } = await database.query(
    `delete from inbox where (consumer, message_id) in (
       select consumer, message_id from inbox where handled_at < now() - $1::interval
       order by handled_at limit $2 for update skip locked
     )`,
    [rememberedFor, batchSize],
  )
  return rowCount ?? 0
}

/** Returns those that this consumer has not handled before. */
async function record(
  queryable: Queryable,
  { consumer, messages }: { consumer: string; messages: readonly Message[] },
): Promise<Message[]> {
  const { rows } = await queryable.query<{ message_id: string }>(
    `insert into inbox (consumer, message_id) select $1, unnest($2::uuid[]) on conflict do nothing
     returning message_id`,
    [consumer, messages.map(({ id }) => id)],
  )
  const fresh = new Set(rows.map(({ message_id: id }) => id))
  // A bus may deliver a message twice in one batch, too: taken out of the set, it is fresh once.
  return messages.filter(({ id }) => fresh.delete(id))
}
