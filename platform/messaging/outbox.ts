import type pg from 'pg'

import type { Message, OutgoingMessage, Stream } from '../bus/message.ts'
import type { Clock } from '../clock.ts'
import type { NewId } from '../ids.ts'
import { prepared } from '../postgres/prepared.ts'
import { currentTraceparent } from '../trace.ts'

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

interface OneStatement {
  query(statement: pg.QueryConfig): Promise<unknown>
}

/** Adds the messages to the open transaction's outbox, in one statement. */
export async function appendToOutbox(
  transaction: OneStatement,
  messages: readonly OutgoingMessage[],
  stamp: OutboxStamp,
): Promise<void> {
  if (messages.length === 0) return
  const said = stampMessages(messages, stamp)
  const statement = prepared(
    `insert into outbox (id, stream, message)
     select * from unnest($1::uuid[], $2::text[], $3::jsonb[])`,
    [
      said.map(({ message }) => message.id),
      said.map(({ stream }) => stream),
      said.map(({ message }) => JSON.stringify(message)),
    ],
  )
  await transaction.query(statement)
}
