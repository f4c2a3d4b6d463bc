import type pg from 'pg'

import type { DeadLetter, DeadLetterPosition } from '../../messaging/bus.ts'
import type { Stream } from '../../messaging/contract.ts'
import type { Message } from '../../messaging/message.ts'
import { channel } from './publish.ts'

export interface Failure {
  readonly id: string
  readonly consumer: string
  readonly stream: Stream
  readonly position: number
  readonly message: Message
  readonly attempts: number
  readonly error: string
}

/** Moves the message from the consumer's deliveries to the dead letters, so that its key goes on without it. */
export async function bury(pool: pg.Pool, failure: Failure): Promise<void> {
  const delivery = failure.stream === 'log' ? 'delivery' : 'state_delivery'
  await pool.query(
    `with gone as (delete from ${delivery} where consumer = $2 and position = $5 returning 1)
     insert into dead_letter (id, consumer, stream, message, position, attempts, error)
     select $1, $2, $3, $4, $5, $6, $7 from gone`,
    [
      failure.id,
      failure.consumer,
      failure.stream,
      JSON.stringify(failure.message),
      failure.position,
      failure.attempts,
      failure.error,
    ],
  )
}

interface DeadLetterRow {
  readonly id: string
  readonly consumer: string
  readonly message: Message
  readonly attempts: number
  readonly error: string
  readonly failed_at: Date
}

/** Newest first. Positions are kept to the microsecond by comparing with the row itself, not with its rounded date. */
export async function listDeadLetters(
  pool: pg.Pool,
  { first, after }: { first: number; after?: DeadLetterPosition | undefined },
): Promise<DeadLetter[]> {
  const { rows } = await pool.query<DeadLetterRow>(
    `select id, consumer, message, attempts, error, failed_at from dead_letter
     where $2::timestamptz is null or (date_trunc('milliseconds', failed_at), id) < ($2, $3)
     order by date_trunc('milliseconds', failed_at) desc, id desc limit $1`,
    [first, after?.failedAt, after?.id],
  )
  return rows.map(({ failed_at: failedAt, ...row }) => ({ ...row, failedAt }))
}

export async function countDeadLetters(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from dead_letter')
  return rows[0]?.count ?? 0
}

/** Puts the message before its consumer again, in its old place, or after what has overtaken it. */
export async function replay(pool: pg.Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with letter as (delete from dead_letter where id = $1 returning consumer, stream, message, position),
     log_again as (
       insert into delivery (consumer, position, key)
       select consumer, position, message ->> 'subject' from letter where stream = 'log' on conflict do nothing
     ), state_again as (
       insert into state_delivery (consumer, type, key, position)
       select letter.consumer, state.type, state.key, state.position
       from letter join state on state.type = letter.message ->> 'type' and state.key = letter.message ->> 'subject'
       where letter.stream = 'state' on conflict do nothing
     )
     select pg_notify('${channel}', message ->> 'type') from letter`,
    [id],
  )
  return rowCount === 1
}
