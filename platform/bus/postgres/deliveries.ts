import type pg from 'pg'

import { prepared } from '../../postgres/prepared.ts'
import type { Stream } from '../../messaging/contract.ts'
import type { Message } from '../../messaging/message.ts'

/** One message as it lies before one consumer. */
export interface Claimed {
  readonly position: number
  readonly key: string
  /** Failed attempts so far. */
  readonly attempts: number
  readonly message: Message
}

export interface Claim {
  readonly consumer: string
  /** Names the process that takes them. */
  readonly process: string
  readonly limit: number
  /** Positions of what was claimed before and is done: acknowledged in the same round trip. */
  readonly done: readonly number[]
}

const tables = { log: 'delivery', state: 'state_delivery' } as const satisfies Record<Stream, string>

/** The first message of each key only, so that the messages of a key are handled in turn. */
const claimLog = `
  with acknowledged as (
    delete from delivery where consumer = $1 and position = any($4)
  ), due as (
    select consumer, position from delivery as candidate
    where consumer = $1 and claimed_by is null and due_at <= now()
      and not exists (
        select from delivery as earlier
        where earlier.consumer = candidate.consumer and earlier.key = candidate.key
          and earlier.position < candidate.position and earlier.position <> all($4)
      )
    order by position limit $2
    for update of candidate skip locked
  )
  update delivery set claimed_by = $3 from due, log
  where delivery.consumer = due.consumer and delivery.position = due.position and log.position = due.position
  returning delivery.position, delivery.key, delivery.attempts, log.message`

/**
 * Each key with its newest message. A key that a newer message has overtaken while it was applied has another position
 * by then, and is free again: it is not acknowledged, and may be taken at once. Locked in the order of keys, as in
 * publish.ts, so that no two writers deadlock.
 */
const claimState = `
  with settled as (
    select type, key from state_delivery where consumer = $1 and position = any($4) order by type, key for update
  ), acknowledged as (
    delete from state_delivery as delivery using settled
    where delivery.consumer = $1 and delivery.type = settled.type and delivery.key = settled.key
      and delivery.position = any($4)
  ), due as (
    select consumer, type, key from state_delivery
    where consumer = $1 and claimed_by is null and due_at <= now()
    order by position limit $2
    for update skip locked
  )
  update state_delivery as delivery set claimed_by = $3 from due, state
  where delivery.consumer = due.consumer and delivery.type = due.type and delivery.key = due.key
    and state.type = due.type and state.key = due.key
  returning delivery.position, delivery.key, delivery.attempts, state.message`

/** Takes up to `limit` messages that nobody else has taken, oldest first. */
export async function claim(
  pool: pg.Pool,
  stream: Stream,
  { consumer, limit, process, done }: Claim,
): Promise<Claimed[]> {
  const statement = stream === 'log' ? claimLog : claimState
  const { rows } = await pool.query<Claimed>(prepared(statement, [consumer, limit, process, done]))
  return rows.sort((left, right) => left.position - right.position)
}

/** Gives back what this process has claimed, but for what it has done. */
export async function releaseClaims(
  pool: pg.Pool,
  stream: Stream,
  { consumer, process, except }: { consumer: string; process: string; except: readonly number[] },
): Promise<void> {
  await pool.query(
    prepared(
      `update ${tables[stream]} set claimed_by = null
       where consumer = $1 and claimed_by = $2 and position <> all($3)`,
      [consumer, process, except],
    ),
  )
}

export interface Postponed {
  readonly consumer: string
  readonly position: number
  /** Failed ones so far. */
  readonly attempts: number
  /** Milliseconds. */
  readonly pause: number
}

/** Leaves the message alone for a while after a failure; those behind it of the same key wait with it. */
export async function postpone(
  pool: pg.Pool,
  stream: Stream,
  { consumer, position, attempts, pause }: Postponed,
): Promise<void> {
  await pool.query(
    prepared(
      `update ${tables[stream]}
       set claimed_by = null, attempts = $4, due_at = now() + $3 * interval '1 millisecond'
       where consumer = $1 and position = $2`,
      [consumer, position, pause, attempts],
    ),
  )
}

/** How many messages up to `position` nobody has tried yet. */
export async function countUntried(
  pool: pg.Pool,
  stream: Stream,
  { consumer, position }: { consumer: string; position: number },
): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    prepared(
      `select count(*)::int as count from ${tables[stream]}
       where consumer = $1 and position <= $2 and attempts = 0`,
      [consumer, position],
    ),
  )
  return rows[0]?.count ?? 0
}

/** The newest position there is. */
export async function lastPosition(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ position: number }>('select last_value as position from position_sequence')
  return rows[0]?.position ?? 0
}

/** Frees the claims of processes that are connected no more. */
export async function freeDeadClaims(pool: pg.Pool, applicationPrefix: string): Promise<number> {
  let freed = 0
  for (const table of Object.values(tables)) {
    const { rowCount } = await pool.query(
      prepared(
        `update ${table} set claimed_by = null
         where claimed_by is not null and not exists (
           select from pg_stat_activity
           where datname = current_database() and application_name = $1 || claimed_by::text
         )`,
        [applicationPrefix],
      ),
    )
    freed += rowCount ?? 0
  }
  return freed
}
