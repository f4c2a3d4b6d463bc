import { asError } from '../../errors.ts'
import { repeatOnWake } from '../../loop.ts'
import { inTrace, traceparentFrom } from '../../trace.ts'
import type { Consumer, Subscription } from '../bus.ts'
import { UnparseableMessage, type Stream } from '../message.ts'
import { bury } from './dead-letters.ts'
import {
  acknowledgeLog,
  claimLog,
  releaseClaims,
  countUntried,
  lastPosition,
  postpone,
  type Delivery,
} from './deliveries.ts'
import type { BusParts, Wakeable } from './parts.ts'
import { subscribe } from './subscribe.ts'

/** Messages of different keys that one process handles at a time. */
const concurrency = 12

/** Hands log messages to the consumer, the keys side by side, the messages of one key in turn. */
export async function consumeLog(parts: BusParts, consumer: Consumer): Promise<Subscription & Wakeable> {
  await subscribe(parts.durable, { consumer: consumer.name, types: consumer.types, stream: 'log' })
  const inHand = new Set<Promise<void>>()
  const handled: number[] = []
  let stopping = false

  async function handle(delivery: Delivery): Promise<void> {
    try {
      await inTrace(traceparentFrom(delivery.message.traceparent), () => consumer.handle(delivery.message))
      handled.push(delivery.position)
    } catch (thrown) {
      await fail(parts, { consumer: consumer.name, stream: 'log', delivery, error: asError(thrown) })
    }
  }

  const unsettled = unsettledClaims(parts, consumer.name)

  const loop = repeatOnWake({
    name: `consumer ${consumer.name}`,
    log: parts.log,
    sweepEvery: 1_000,
    async turn() {
      await unsettled.giveBack()
      const limit = stopping ? 0 : concurrency - inHand.size
      const acknowledged = handled.length
      if (limit <= 0 && acknowledged === 0) return
      const claim = { consumer: consumer.name, limit, process: parts.process, handled: handled.slice(0, acknowledged) }
      const deliveries = await claimLog(parts.relaxed, claim)
      handled.splice(0, acknowledged)
      for (const delivery of deliveries) {
        const work = handle(delivery)
          .catch((thrown: unknown) => {
            parts.log.error({ err: asError(thrown) }, 'a failure could not be recorded; the message comes again')
            unsettled.add(delivery.position)
          })
          .finally(() => {
            inHand.delete(work)
            loop.wake()
          })
        inHand.add(work)
      }
    },
  })
  loop.wake()

  return {
    types: consumer.types,
    wake: loop.wake,
    async caughtUp() {
      const position = await lastPosition(parts.relaxed)
      for (;;) {
        await loop.settled()
        if ((await countUntried(parts.relaxed, 'delivery', { consumer: consumer.name, position })) === 0) return
        if (inHand.size > 0) await Promise.race(inHand)
      }
    },
    async stop() {
      stopping = true
      // In this order: a turn that is claiming just now puts more in hand.
      await loop.stop()
      await Promise.all(inHand)
      await acknowledgeLog(parts.relaxed, consumer.name, handled)
    },
  }
}

/** Claims neither done nor recorded as failed, since the bus itself did not answer: to be given back when it does. */
function unsettledClaims({ relaxed }: BusParts, consumer: string) {
  const positions: number[] = []
  return {
    add: (position: number) => positions.push(position),
    async giveBack(): Promise<void> {
      const known = [...positions]
      if (known.length === 0) return
      await releaseClaims(relaxed, consumer, known)
      positions.splice(0, known.length)
    },
  }
}

/** Postpones the message, or makes it a dead letter when it has been tried often enough or can never succeed. */
export async function fail(
  parts: BusParts,
  failure: { consumer: string; stream: Stream; delivery: Delivery; error: Error },
): Promise<void> {
  const { consumer, stream, delivery, error } = failure
  const { position, message } = delivery
  const attempts = delivery.attempts + 1
  const pause = error instanceof UnparseableMessage ? undefined : parts.retryPauses[delivery.attempts]
  const about = { err: error, consumer, type: message.type, messageId: message.id, attempts }
  if (pause === undefined) {
    parts.log.error(about, 'a message became a dead letter')
    await bury(parts.durable, {
      id: parts.newId(),
      consumer,
      stream,
      position,
      message,
      attempts,
      error: error.message,
    })
    return
  }
  parts.log.warn(about, `a message could not be handled; trying again in ${pause} ms`)
  await postpone(parts.relaxed, stream === 'log' ? 'delivery' : 'state_delivery', { consumer, position, pause })
}
