import type pg from 'pg'

import { prepared } from '../../postgres/prepared.ts'
import type { Stream } from '../../messaging/contract.ts'
import type { Message } from '../../messaging/message.ts'

/** Every connected process listens here; the payload names the message types that have come. */
export const channel = 'souk_bus'

/** Stores the messages, fans them out to the consumers subscribed by now, and wakes those, all in one transaction. */
export async function publishMessages(pool: pg.Pool, stream: Stream, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  await (stream === 'log' ? publishLog : publishState)(pool, messages)
}

async function publishLog(pool: pg.Pool, messages: readonly Message[]): Promise<void> {
  await pool.query(
    prepared(
      `with incoming as (
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[])
         with ordinality as incoming (id, type, key, message, ordinal)
     ), written as (
       insert into log (id, type, key, message)
       select id, type, key, message from incoming order by ordinal
       on conflict (id) do nothing
       returning position, type, key
     ), delivered as (
       insert into delivery (consumer, position, key)
       select subscription.consumer, written.position, written.key
       from written join subscription on subscription.type = written.type and subscription.stream = 'log'
     )
     select pg_notify('${channel}', string_agg(distinct type, ',')) from written having count(*) > 0`,
      [
        messages.map(({ id }) => id),
        messages.map(({ type }) => type),
        messages.map(({ subject }) => subject),
        messages.map((message) => JSON.stringify(message)),
      ],
    ),
  )
}

async function publishState(pool: pg.Pool, messages: readonly Message[]): Promise<void> {
  // Rows are locked in the order of their keys here and in deliveries.ts, so that no two writers deadlock.
  await pool.query(
    prepared(
      `with incoming as (
       select * from unnest($1::text[], $2::text[], $3::bigint[], $4::jsonb[]) as incoming (type, key, version, message)
     ), newest as (
       select distinct on (type, key) * from incoming order by type, key, version desc
     ), written as (
       insert into state (type, key, version, message)
       select type, key, version, message from newest order by type, key
       on conflict (type, key) do update
         set version = excluded.version, message = excluded.message,
             position = nextval('position_sequence'), written_by = pg_current_xact_id()
         where state.version < excluded.version
       returning type, key, position
     ), delivered as (
       insert into state_delivery (consumer, type, key, position)
       select subscription.consumer, written.type, written.key, written.position
       from written join subscription on subscription.type = written.type and subscription.stream = 'state'
       order by subscription.consumer, written.type, written.key
       on conflict (consumer, type, key) do update
         set position = excluded.position, attempts = 0, due_at = now(), claimed_by = null
     )
     select pg_notify('${channel}', string_agg(distinct type, ',')) from written having count(*) > 0`,
      [
        messages.map(({ type }) => type),
        messages.map(({ subject }) => subject),
        messages.map(({ aggregateversion }) => aggregateversion),
        messages.map((message) => JSON.stringify(message)),
      ],
    ),
  )
}
