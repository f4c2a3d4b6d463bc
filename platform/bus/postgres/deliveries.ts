import type pg from 'pg'

import { prepared } from '../../postgres/prepared.ts'
import type { Message } from '../message.ts'

/** One message as it lies before one consumer. */
export interface Delivery {
  readonly position: number
  readonly key: string
  /** Failed attempts so far. */
  readonly attempts: number
  readonly message: Message
}

interface Claim {
  readonly consumer: string
  readonly limit: number
  /** Names the process that takes them. */
  readonly process: string
}

/**
 * Takes up to `limit` messages, the first of each key only, that nobody else has taken; and removes, in the same round
 * trip, those `handled`, so that the next ones of their keys are free.
 */
export async function claimLog(
  pool: pg.Pool,
  { consumer, limit, process, handled }: Claim & { readonly handled: readonly number[] },
): Promise<Delivery[]> {
  const { rows } = await pool.query<Delivery>(
    prepared(
      `with acknowledged as (
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
     returning delivery.position, delivery.key, delivery.attempts, log.message`,
      [consumer, limit, process, handled],
    ),
  )
  return rows
}

export async function acknowledgeLog(pool: pg.Pool, consumer: string, positions: readonly number[]): Promise<void> {
  await pool.query(prepared('delete from delivery where consumer = $1 and position = any($2)', [consumer, positions]))
}

/** Gives back what was claimed and came to nothing. */
export async function releaseClaims(pool: pg.Pool, consumer: string, positions: readonly number[]): Promise<void> {
  await pool.query(
    prepared('update delivery set claimed_by = null where consumer = $1 and position = any($2)', [consumer, positions]),
  )
}

/** Takes up to `limit` keys of state that nobody else has taken, each with its newest message. */
export async function claimState(pool: pg.Pool, { consumer, limit, process }: Claim): Promise<Delivery[]> {
  const { rows } = await pool.query<Delivery>(
    prepared(
      `with due as (
       select consumer, type, key from state_delivery
       where consumer = $1 and claimed_by is null and due_at <= now()
       order by position limit $2
       for update skip locked
     )
     update state_delivery as delivery set claimed_by = $3 from due, state
     where delivery.consumer = due.consumer and delivery.type = due.type and delivery.key = due.key
       and state.type = due.type and state.key = due.key
     returning delivery.position, delivery.key, delivery.attempts, state.message`,
      [consumer, limit, process],
    ),
  )
  return rows
}

/** Removes what was applied; a key that a newer message has overtaken meanwhile stays, free to be taken. */
export async function acknowledgeState(pool: pg.Pool, consumer: string, positions: readonly number[]): Promise<void> {
  await pool.query(
    prepared(
      `with settled as (
       select type, key, position from state_delivery
       where consumer = $1 and position = any($2) order by type, key for update
     )
     delete from state_delivery as delivery using settled
     where delivery.consumer = $1 and delivery.type = settled.type and delivery.key = settled.key
       and delivery.position = settled.position`,
      [consumer, positions],
    ),
  )
}

/** Gives back what this process has claimed and not removed: a key overtaken while it was applied. */
export async function releaseOvertaken(pool: pg.Pool, consumer: string, process: string): Promise<number> {
  const { rowCount } = await pool.query(
    prepared('update state_delivery set claimed_by = null where consumer = $1 and claimed_by = $2', [
      consumer,
      process,
    ]),
  )
  return rowCount ?? 0
}

/** Leaves the message alone for a while after a failure; those behind it of the same key wait with it. */
export async function postpone(
  pool: pg.Pool,
  table: 'delivery' | 'state_delivery',
  { consumer, position, pause }: { consumer: string; position: number; pause: number },
): Promise<void> {
  await pool.query(
    prepared(
      `update ${table} set claimed_by = null, attempts = attempts + 1, due_at = now() + $3 * interval '1 millisecond'
     where consumer = $1 and position = $2`,
      [consumer, position, pause],
    ),
  )
}

/** How many messages up to `position` nobody has tried yet. */
export async function countUntried(
  pool: pg.Pool,
  table: 'delivery' | 'state_delivery',
  { consumer, position }: { consumer: string; position: number },
): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    prepared(`select count(*)::int as count from ${table} where consumer = $1 and position <= $2 and attempts = 0`, [
      consumer,
      position,
    ]),
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
  for (const table of ['delivery', 'state_delivery'] as const) {
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
