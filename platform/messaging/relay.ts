import type { Bus } from '../bus/bus.ts'
import type { Message, Stream } from '../bus/message.ts'
import { repeatOnWake, type WakingLoop } from '../loop.ts'
import type { Logger } from '../logging.ts'
import type { Database } from '../postgres/database.ts'

const batchSize = 500
/** Any constant: it names the lock by which the relays of one database take turns, so that order is kept for a key. */
const relayLock = 7_071

export interface OutboxRelay {
  /** Resolves when all that was committed before the call has been published. */
  drained(): Promise<void>
  stop(): Promise<void>
}

/** Publishes what the database's owner has said, then removes it. Woken at commit; sweeps each second for the rest. */
export function relayOutbox({ database, bus, log }: { database: Database; bus: Bus; log: Logger }): OutboxRelay {
  const loop: WakingLoop = repeatOnWake({
    name: 'outbox relay',
    log,
    sweepEvery: 1_000,
    async turn() {
      while ((await relayBatch(database, bus)) === batchSize);
    },
  })
  const unsubscribe = database.onSaid(loop.wake)
  loop.wake()
  return {
    drained: loop.settled,
    async stop() {
      unsubscribe()
      // What cannot be published now stays in the outbox, for the next start.
      await loop.settled().catch((error: unknown) => log.warn({ err: error }, 'the outbox could not be emptied'))
      await loop.stop()
    },
  }
}

interface OutboxRow {
  readonly position: number
  readonly stream: Stream
  readonly message: Message
}

async function relayBatch(database: Database, bus: Bus): Promise<number> {
  return database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [relayLock])
    const { rows } = await transaction.query<OutboxRow>(
      'select position, stream, message from outbox order by position limit $1',
      [batchSize],
    )
    if (rows.length === 0) return 0
    for (const stream of ['log', 'state'] as const) {
      const messages = rows.filter((row) => row.stream === stream).map((row) => row.message)
      if (messages.length > 0) await bus.publish(stream, messages)
    }
    // If this removal is lost in a crash the messages go out twice, and their ids are known by then.
    await transaction.query('set local synchronous_commit = off')
    await transaction.query('delete from outbox where position = any($1)', [rows.map((row) => row.position)])
    return rows.length
  })
}
