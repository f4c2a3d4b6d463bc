import type { StoredMsg } from 'nats'

import type { Stream } from '../../../messaging/contract.ts'
import { UnparseableMessage, type Message } from '../../../messaging/message.ts'
import type { BusParts } from '../parts.ts'
import type { Pulled } from '../consuming/pull.ts'
import { parseStored } from '../streams/stored.ts'
import type { Place } from '../streams/subjects.ts'
import { bury } from './dead-letters.ts'

/** What lies on the bus, whatever it is. */
export type Lying = Pick<Pulled, 'subject' | 'data' | 'position' | 'storedAt'>

export function lyingThere({ subject, data, seq, time }: StoredMsg): Lying {
  return { subject, data, position: seq, storedAt: time }
}

interface Reading {
  readonly consumer: string
  readonly stream: Stream
  readonly lying: Lying
  readonly place: Place
}

/** What is no message is a dead letter at once, since no time mends it: then its consumer is done with it. */
export async function readable(
  parts: BusParts,
  { consumer, stream, lying, place }: Reading,
): Promise<Message | undefined> {
  const { message, problem } = messageIn(lying)
  if (problem === undefined) return message
  parts.log.error({ err: problem, consumer, position: lying.position }, 'what is no message became a dead letter')
  await bury(parts, { consumer, stream, message, place, attempts: 1, error: problem.message })
  return undefined
}

/** The message; or one that stands for what is none, and why that is none. */
export function messageIn(lying: Lying): { readonly message: Message; readonly problem?: UnparseableMessage } {
  try {
    return { message: parseStored(lying.data) }
  } catch (thrown) {
    if (!(thrown instanceof UnparseableMessage)) throw thrown
    return { message: strange(lying), problem: thrown }
  }
}

function strange({ subject, data, position, storedAt }: Lying): Message {
  return {
    specversion: '1.0',
    id: `${position}`,
    source: subject,
    type: 'unknown',
    subject,
    time: storedAt.toISOString(),
    datacontenttype: 'application/json',
    aggregateversion: 0,
    data: Buffer.from(data).toString(),
  }
}
