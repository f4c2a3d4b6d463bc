import type { Bus } from '../messaging/bus.ts'
import type { Stream } from '../messaging/contract.ts'
import type { Message } from '../messaging/message.ts'
import { repeatOnWake, type WakingLoop } from '../work/loop.ts'
import type { Logger } from '../telemetry/logging.ts'
import { withTransactionClient } from './client.ts'
import type { Database } from './database.ts'
import { prepared } from './prepared.ts'

const batchSize = 500
/** Any constant: it names the lock by which the relays of one database take turns, so that order is kept for a key. */
const relayLock = 7_071

export interface OutboxRelay {
  /** Resolves when all that was committed before the call has been published. */
  drained(): Promise<void>
  stop(): Promise<void>
}

/** Publishes what the database's owner has put into the outbox, then removes it. Woken at commit; sweeps for what a crash has left. */
export function relayOutbox({ database, bus, log }: { database: Database; bus: Bus; log: Logger }): OutboxRelay {
  const loop: WakingLoop = repeatOnWake({
    name: 'outbox relay',
    log,
    sweepEvery: 5_000,
    async turn() {
      while ((await relayBatch(database, bus)) === batchSize);
    },
  })
  const unsubscribe = database.onOutgoing(loop.wake)
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

/** Takes the messages out, publishes them, and only then commits that they are out: as few round trips as that needs. */
function relayBatch(database: Database, bus: Bus): Promise<number> {
  return withTransactionClient(database.pool, async (client) => {
    // If the removal is lost in a crash the messages go out twice, and their ids are known by then.
    const begin = `begin; set local synchronous_commit = off; select pg_advisory_xact_lock(${relayLock})`
    const removal = prepared(
      `delete from outbox where position in (select position from outbox order by position limit $1)
       returning position, stream, message`,
      [batchSize],
    )
    const [, { rows }] = await Promise.all([client.query(begin), client.query<OutboxRow>(removal)])
    rows.sort((left, right) => left.position - right.position)
    for (const stream of ['log', 'state'] as const) {
      const messages = rows.filter((row) => row.stream === stream).map((row) => row.message)
      if (messages.length > 0) await bus.publish(stream, messages)
    }
    await client.query('commit')
    return rows.length
  })
}
