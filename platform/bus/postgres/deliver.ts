import { repeatOnWake } from '../../work/loop.ts'
import type { Subscription } from '../../messaging/bus.ts'
import type { Stream } from '../../messaging/contract.ts'
import { handOver, type Delivery, type Recipient } from '../../messaging/hand-over.ts'
import { bury } from './dead-letters.ts'
import { claim, countUntried, lastPosition, postpone, releaseClaims, type Claimed } from './deliveries.ts'
import type { BusParts, Wakeable } from './parts.ts'

export interface Delivering {
  readonly recipient: Recipient
  readonly stream: Stream
  /** Messages claimed at once. */
  readonly batchSize: number
}

/** Claims what is due, hands it over, and acknowledges it with the next claim, until nothing is left. */
export function deliver(parts: BusParts, delivering: Delivering): Subscription & Wakeable {
  const { recipient, stream, batchSize } = delivering
  const { name: consumer, types } = recipient
  const { process } = parts
  let stopping = false
  /** Handed over and not acknowledged yet. */
  let done: number[] = []
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
        const claims = await claim(parts.relaxed, stream, { consumer, process, limit, done })
        done = []
        if (claims.length === 0) break
        await handOver(
          parts,
          recipient,
          claims.map((claimed) => deliveryOf(parts, { consumer, stream, claimed, done })),
        )
      }
      doubtful = false
    },
  })

  return {
    types,
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

interface InHand {
  readonly consumer: string
  readonly stream: Stream
  readonly claimed: Claimed
  /** Positions of what has been handled. */
  readonly done: number[]
}

/** What becomes of what was claimed. Only what has been handled is acknowledged with the next claim. */
function deliveryOf({ relaxed, durable, newId }: BusParts, { consumer, stream, claimed, done }: InHand): Delivery {
  const { position, message, attempts: attemptsBefore } = claimed
  return {
    message,
    attempts: attemptsBefore,
    async handled() {
      done.push(position)
    },
    postpone: (attempts, pause) => postpone(relaxed, stream, { consumer, position, attempts, pause }),
    bury: (attempts, { message: error }) =>
      bury(durable, { id: newId(), consumer, stream, position, message, attempts, error }),
  }
}
