import type { Traceparent } from '../telemetry/trace.ts'

/** A `log` message is kept for days; of `state` messages the last one of each key is kept for ever. */
export type Stream = 'log' | 'state'

/** What a contract says of a message. `contracts/` holds one of these for each, with a zod parser as `data`. */
export interface MessageDefinition<Type extends string = string, Data = unknown> {
  /** `<owner>.<Name>`, such as `orders.OrderPlaced`. */
  readonly type: Type
  readonly stream: Stream
  readonly data: { parse(value: unknown): Data }
}

/** A CloudEvents 1.0 message as it goes over the bus. */
export interface Message<Data = unknown> {
  readonly specversion: '1.0'
  /** The outbox row's id, so that the bus and every inbox can drop a repeat. */
  readonly id: string
  readonly source: string
  readonly type: string
  /** The key: messages with the same one are delivered in the order they were said. */
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly traceparent?: Traceparent | undefined
  /** The version of the aggregate the message tells of; grows with every change of it. */
  readonly aggregateversion: number
  readonly data: Data
}

/** What a store is asked to say, in the same atomic write as the change itself. */
export interface OutgoingMessage {
  readonly type: string
  readonly stream: Stream
  readonly key: string
  readonly version: number
  readonly data: unknown
}

/** Builds an outgoing message, held to its contract at the sender already. */
export function outgoing<Data>(
  definition: MessageDefinition<string, Data>,
  said: { key: string; version: number; data: Data },
): OutgoingMessage {
  const { key, version } = said
  return { type: definition.type, stream: definition.stream, key, version, data: definition.data.parse(said.data) }
}

/** A message that breaks its contract: no retry can mend it. */
export class UnparseableMessage extends Error {
  override readonly name = 'UnparseableMessage'
}

/** @throws UnparseableMessage when the data breaks the contract */
export function parseMessage<Data>(definition: MessageDefinition<string, Data>, message: Message): Message<Data> {
  try {
    return { ...message, data: definition.data.parse(message.data) }
  } catch (cause) {
    throw new UnparseableMessage(`${message.type} ${message.id} breaks its contract: ${String(cause)}`, { cause })
  }
}
