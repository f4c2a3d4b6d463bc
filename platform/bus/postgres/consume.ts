import type { Consumer, SingleConsumer, Subscription } from '../../messaging/bus.ts'
import { recipientOf } from '../../messaging/hand-over.ts'
import { deliver } from './deliver.ts'
import type { BusParts, Wakeable } from './parts.ts'
import { subscribe } from './subscribe.ts'

const batchSize = 20

/** Hands log messages to the consumer, those of different keys together, those of one key in turn. */
export async function consumeLog(
  parts: BusParts,
  consumer: Consumer | SingleConsumer,
): Promise<Subscription & Wakeable> {
  await subscribe(parts.durable, { subscriber: consumer, stream: 'log' })
  return deliver(parts, { recipient: recipientOf(consumer), stream: 'log', batchSize })
}
