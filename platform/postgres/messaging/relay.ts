import type pg from 'pg'

import type { Bus } from '../../messaging/bus.ts'
import { publishStamped, type StampedMessage } from '../../messaging/outbox.ts'
import { withTransactionClient } from '../client.ts'
import { prepared } from '../prepared.ts'

const batchSize = 500
/** Any constant: it names the lock by which the relays of one database take turns, so that order is kept for a key. */
const relayLock = 7_071

interface OutboxRow extends StampedMessage {
  readonly position: number
}

/**
 * Takes the messages out, publishes them, and only then commits that they are out: as few round trips as that needs.
 * @returns whether there may be more
 */
export function relayBatch(pool: pg.Pool, publish: Bus['publish']): Promise<boolean> {
  return withTransactionClient(pool, async (client) => {
    // If the removal is lost in a crash the messages go out twice, and their ids are known by then.
    const begin = `begin; set local synchronous_commit = off; select pg_advisory_xact_lock(${relayLock})`
    const removal = prepared(
      `delete from outbox where position in (select position from outbox order by position limit $1)
       returning position, stream, message`,
      [batchSize],
    )
    const [, { rows }] = await Promise.all([client.query(begin), client.query<OutboxRow>(removal)])
    rows.sort((left, right) => left.position - right.position)
    await publishStamped(publish, rows)
    await client.query('commit')
    return rows.length === batchSize
  })
}
