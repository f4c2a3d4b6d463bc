import { asError } from '../../errors.ts'
import { repeatOnWake } from '../../work/loop.ts'
import type { Subscription } from '../../messaging/bus.ts'
import type { Stream } from '../../messaging/contract.ts'
import type { Message } from '../../messaging/message.ts'
import { retryAfter } from '../../messaging/retry.ts'
import { bury } from './dead-letters.ts'
import { claim, countUntried, lastPosition, postpone, releaseClaims, type Delivery } from './deliveries.ts'
import type { BusParts, Wakeable } from './parts.ts'

export interface Recipient {
  /** Durable name. */
  readonly name: string
  readonly stream: Stream
  readonly types: readonly string[]
  /** Messages handed over at once. */
  readonly batchSize: number
  /** Whole or not at all: of a batch that fails, each message is handed over once more by itself. */
  receive(messages: readonly Message[]): Promise<void>
}

/** Claims what is due, hands it over, and acknowledges it with the next claim, until nothing is left. */
export function deliver(parts: BusParts, recipient: Recipient): Subscription & Wakeable {
  const { name: consumer, stream, batchSize } = recipient
  const { process } = parts
  let stopping = false
  /** Handed over and not acknowledged yet. */
  let done: readonly number[] = []
  /** Whether a turn has failed, so that we may hold claims that we do not know of. */
  let doubtful = false

  const loop = repeatOnWake({
    name: `${stream} for ${consumer}`,
    log: parts.log,
    sweepEvery: 1_000,
    async turn() {
      if (doubtful) await releaseClaims(parts.relaxed, stream, { consumer, process, except: done })
      doubtful = true
      for (;;) {
        const limit = stopping ? 0 : batchSize
        const deliveries = await claim(parts.relaxed, stream, { consumer, process, limit, done })
        done = []
        if (deliveries.length === 0) break
        done = await handOver(parts, recipient, deliveries)
      }
      doubtful = false
    },
  })

  return {
    types: recipient.types,
    wake: loop.wake,
    async caughtUp() {
      const position = await lastPosition(parts.relaxed)
      for (;;) {
        await loop.settled()
        if ((await countUntried(parts.relaxed, stream, { consumer, position })) === 0) return
        // The rest is in another process's hands, and nobody notifies us when it is done there.
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async stop() {
      stopping = true
      await loop.stop()
    },
  }
}

/** Returns the positions of what was received. One bad message must not hold up the batch it came in. */
async function handOver(
  parts: BusParts,
  recipient: Recipient,
  deliveries: readonly Delivery[],
): Promise<readonly number[]> {
  if (deliveries.length > 1) {
    try {
      await recipient.receive(deliveries.map(({ message }) => message))
      return deliveries.map(({ position }) => position)
    } catch (thrown) {
      // A message at fault fails again by itself, and is recorded with it.
      const about = { err: asError(thrown), consumer: recipient.name, messages: deliveries.length }
      parts.log.info(about, 'messages could not be handled together; handling each by itself')
    }
  }
  const received: number[] = []
  for (const delivery of deliveries) {
    try {
      await recipient.receive([delivery.message])
      received.push(delivery.position)
    } catch (thrown) {
      await fail(parts, recipient, { delivery, error: asError(thrown) })
    }
  }
  return received
}

/** Postpones the message, or makes it a dead letter when it has been tried often enough or can never succeed. */
async function fail(
  parts: BusParts,
  { name: consumer, stream }: Recipient,
  { delivery, error }: { delivery: Delivery; error: Error },
): Promise<void> {
  const { position, message } = delivery
  const { attempts, pause } = retryAfter(error, delivery.attempts, parts.retryPauses)
  const about = { err: error, consumer, type: message.type, messageId: message.id, attempts }
  if (pause !== undefined) {
    parts.log.warn(about, `a message could not be handled; trying again in ${pause} ms`)
    await postpone(parts.relaxed, stream, { consumer, position, attempts, pause })
    return
  }
  parts.log.error(about, 'a message became a dead letter')
  const failure = { id: parts.newId(), consumer, stream, position, message, attempts, error: error.message }
  await bury(parts.durable, failure)
}
