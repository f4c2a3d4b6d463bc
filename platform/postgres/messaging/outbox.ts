import type pg from 'pg'

import type { StampedMessage } from '../../messaging/outbox.ts'
import { prepared } from '../prepared.ts'

/**
 * Adds the messages to the outbox. Throws here, not when it runs, if one cannot be written as JSON: by then the commit is
 * on its way too.
 */
export function outboxInsert(stamped: readonly StampedMessage[]): pg.QueryConfig {
  return prepared(
    `insert into outbox (id, stream, message)
     select * from unnest($1::uuid[], $2::text[], $3::jsonb[])`,
    [
      stamped.map(({ message }) => message.id),
      stamped.map(({ stream }) => stream),
      stamped.map(({ message }) => JSON.stringify(message)),
    ],
  )
}
