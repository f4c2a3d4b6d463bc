import type pg from 'pg'

import { withTransactionClient } from '../../postgres/client.ts'
import type { Subscriber } from '../../messaging/bus.ts'
import type { Stream } from '../../messaging/contract.ts'

/**
 * Adds to what the subscriber has subscribed to, and removes nothing but its former types: a replica of another release may handle
 * more. A type that is new brings all that is kept of it.
 */
export async function subscribe(
  pool: pg.Pool,
  { subscriber, stream }: { subscriber: Subscriber; stream: Stream },
): Promise<void> {
  const { name: consumer, types, formerTypes = [] } = subscriber
  await withTransactionClient(pool, async (client) => {
    await client.query('begin')
    // Nothing is published while this runs, so that a message is either kept already or fanned out to us.
    await client.query('lock table log, state, subscription in share row exclusive mode')
    await client.query('delete from subscription where consumer = $1 and stream = $2 and type = any($3)', [
      consumer,
      stream,
      formerTypes,
    ])
    const { rows } = await client.query<{ type: string }>(
      `insert into subscription (consumer, type, stream) select $1, unnest($2::text[]), $3
       on conflict do nothing returning type`,
      [consumer, types, stream],
    )
    const fresh = rows.map(({ type }) => type)
    await deliverKept(client, { consumer, types: fresh, stream })
    await client.query('commit')
  })
}

/** Puts all that is kept of the types before the consumer. */
export async function deliverKept(
  client: pg.Pool | pg.PoolClient,
  { consumer, types, stream }: { consumer: string; types: readonly string[]; stream: Stream },
): Promise<void> {
  const statement =
    stream === 'log'
      ? `insert into delivery (consumer, position, key)
         select $1, position, key from log where type = any($2) on conflict do nothing`
      : `insert into state_delivery (consumer, type, key, position)
         select $1, type, key, position from state where type = any($2) order by type, key on conflict do nothing`
  await client.query(statement, [consumer, types])
}
