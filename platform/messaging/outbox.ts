import type pg from 'pg'

import type { Message, OutgoingMessage, Stream } from './message.ts'
import type { Clock } from '../clock.ts'
import type { NewId } from '../ids.ts'
import { prepared } from '../postgres/prepared.ts'
import { currentTraceparent } from '../telemetry/trace.ts'

export interface OutboxStamp {
  /** The subgraph that speaks. */
  readonly source: string
  readonly clock: Clock
  readonly newId: NewId
}

export interface Said {
  readonly stream: Stream
  readonly message: Message
}

/** The whole messages, as they will go over the bus. */
export function stampMessages(messages: readonly OutgoingMessage[], { source, clock, newId }: OutboxStamp): Said[] {
  const time = clock().toISOString()
  const traceparent = currentTraceparent()
  return messages.map(({ type, stream, key, version, data }) => ({
    stream,
    message: {
      specversion: '1.0',
      id: newId(),
      source: `/souk/${source}`,
      type,
      subject: key,
      time,
      datacontenttype: 'application/json',
      ...(traceparent === undefined ? {} : { traceparent }),
      aggregateversion: version,
      data,
    },
  }))
}

/**
 * Adds the messages to the outbox. Throws here, not when it runs, if one cannot be written as JSON: by then the commit is
 * on its way too.
 */
export function outboxInsert(said: readonly Said[]): pg.QueryConfig {
  return prepared(
    `insert into outbox (id, stream, message)
     select * from unnest($1::uuid[], $2::text[], $3::jsonb[])`,
    [
      said.map(({ message }) => message.id),
      said.map(({ stream }) => stream),
      said.map(({ message }) => JSON.stringify(message)),
    ],
  )
}
