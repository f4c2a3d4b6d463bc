import type { StampedMessage } from '../../messaging/outbox.ts'

export interface OutboxEntry extends StampedMessage {
  /** The message's. */
  readonly id: string
}

/** A document with what is to be published of it, oldest first; its key on the bus is its own. */
export interface WithOutbox {
  readonly _id: string
  readonly outbox: readonly OutboxEntry[]
}

export function outboxEntries(stamped: readonly StampedMessage[]): OutboxEntry[] {
  return stamped.map((entry) => ({ id: entry.message.id, ...entry }))
}

/** Of each collection whose documents have an outbox: finds those in which it is not empty. */
export const outboxIndex = { name: 'outbox', key: { 'outbox.id': 1 } } as const

/** Every id of a message is above it; in an empty outbox there is none. */
export const filled = { 'outbox.id': { $gt: '' } } as const

/** As in `Outbox` of a document: what the collection's validator knows of it. */
export const outboxSchema = {
  bsonType: 'array',
  items: {
    bsonType: 'object',
    required: ['id', 'stream', 'message'],
    properties: {
      id: { bsonType: 'string' },
      stream: { enum: ['log', 'state'] },
      message: { bsonType: 'object', required: ['id', 'type', 'subject', 'time', 'aggregateversion'] },
    },
  },
} as const
