import type { Contract, Stream } from './contract.ts'
import { inTrace } from '../telemetry/trace.ts'
import { traceparentFrom, type Traceparent } from '../telemetry/traceparent.ts'

/** A CloudEvents 1.0 message as it goes over the bus. */
export interface Message<Data = unknown> {
  readonly specversion: '1.0'
  /** The outbox row's id, so that the bus and every inbox can drop a repeat. */
  readonly id: string
  readonly source: string
  readonly type: string
  /** The key: messages with the same one are delivered in the order they were published. */
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly traceparent?: Traceparent | undefined
  /** The version of the aggregate the message describes; grows with every change of it. */
  readonly aggregateversion: number
  readonly data: Data
}

/** What a store is asked to publish, in the same atomic write as the change itself. */
export interface OutgoingMessage {
  readonly type: string
  readonly stream: Stream
  readonly key: string
  readonly version: number
  readonly data: unknown
}

/** Builds an outgoing message; the publisher too is held to the contract. */
export function outgoing<Data>(
  { type, stream, data: parser }: Contract<Data>,
  { key, version, data }: { key: string; version: number; data: Data },
): OutgoingMessage {
  return { type, stream, key, version, data: parser.parse(data) }
}

/** Runs `work` as part of the trace that the message belongs to. */
export function inTraceOf<Result>(message: Pick<Message, 'traceparent'>, work: () => Result): Result {
  return inTrace(traceparentFrom(message.traceparent), work)
}

/** A message that breaks its contract: no retry can mend it. */
export class UnparseableMessage extends Error {
  override readonly name = 'UnparseableMessage'
}

/** @throws UnparseableMessage when the data breaks the contract */
export function parseMessage<Data>(contract: Contract<Data>, message: Message): Message<Data> {
  try {
    return { ...message, data: contract.data.parse(message.data) }
  } catch (cause) {
    throw new UnparseableMessage(`${message.type} ${message.id} breaks its contract: ${String(cause)}`, { cause })
  }
}
