import { repeatOnWake } from '../work/loop.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { Database } from './database.ts'

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
export function keepInboxSmall({ database, log }: { database: Database; log: Logger }): InboxUpkeep {
  const { settled, stop } = repeatOnWake({
    name: 'upkeep of the inbox',
    log,
    sweepEvery: hour,
    async turn() {
      while ((await forgetBatch(database)) === batchSize);
    },
  })
  return { settled, stop }
}

/** A short transaction each, so that no consumer waits long; replicas leave each other's rows alone. */
async function forgetBatch(database: Database): Promise<number> {
  const { rowCount } = await database.query(
    `delete from inbox where (consumer, message_id) in (
       select consumer, message_id from inbox where handled_at < now() - $1::interval
       order by handled_at limit $2 for update skip locked
     )`,
    [rememberedFor, batchSize],
  )
  return rowCount ?? 0
}
