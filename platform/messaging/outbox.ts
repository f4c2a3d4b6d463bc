import type { Stream } from './contract.ts'
import type { Bus } from './bus.ts'
import type { Message, OutgoingMessage } from './message.ts'
import type { Clock } from '../clock.ts'
import type { NewId } from '../ids.ts'
import { currentTraceparent } from '../telemetry/trace.ts'
import { allToTheEnd } from '../work/stack.ts'

export interface OutboxStamp {
  /** The subgraph that publishes. */
  readonly source: string
  readonly clock: Clock
  readonly newId: NewId
}

export interface StampedMessage {
  readonly stream: Stream
  readonly message: Message
}

/** The whole messages, as they will go over the bus. */
export function stampMessages(
  messages: readonly OutgoingMessage[],
  { source, clock, newId }: OutboxStamp,
): StampedMessage[] {
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

/** In order for a key of each stream. Both streams at once, so that messages of the sagas do not wait for states. */
export async function publishStamped(publish: Bus['publish'], stamped: readonly StampedMessage[]): Promise<void> {
  const streams = [...new Set(stamped.map(({ stream }) => stream))]
  await allToTheEnd(
    streams.map((stream) =>
      publish(
        stream,
        stamped.filter((each) => each.stream === stream).map(({ message }) => message),
      ),
    ),
  )
}

/** What a database's owner has committed and the bus has not yet taken. Each driver has one of its own. */
export interface Outbox {
  /**
   * Hands the oldest messages to `publish`, in order, and removes them once that has resolved: after a crash in between
   * they are published again, under the same ids. Relays of one outbox take turns.
   * @returns whether there may be more
   */
  relayBatch(publish: Bus['publish']): Promise<boolean>
  /** Calls back after every commit that put messages into it. Returns how to stop that. */
  onFilled(listener: () => void): () => void
}
