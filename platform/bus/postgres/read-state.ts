import { asError } from '../../errors.ts'
import { repeatOnWake } from '../../loop.ts'
import type { StateReader, Subscription } from '../bus.ts'
import { fail } from './consume.ts'
import {
  acknowledgeState,
  claimState,
  countUntried,
  lastPosition,
  releaseOvertaken,
  type Delivery,
} from './deliveries.ts'
import type { BusParts, Wakeable } from './parts.ts'
import { subscribe } from './subscribe.ts'

const batchSize = 500

/** Hands the newest state of each key to the reader, many keys at once. */
export async function readState(parts: BusParts, reader: StateReader): Promise<Subscription & Wakeable> {
  await subscribe(parts.durable, { consumer: reader.name, types: reader.types, stream: 'state' })
  let stopping = false

  async function applyOneByOne(deliveries: readonly Delivery[]): Promise<number[]> {
    const applied: number[] = []
    for (const delivery of deliveries) {
      try {
        await reader.apply([delivery.message])
        applied.push(delivery.position)
      } catch (thrown) {
        await fail(parts, { consumer: reader.name, stream: 'state', delivery, error: asError(thrown) })
      }
    }
    return applied
  }

  /** One bad message must not hold up the batch it came in, so a batch that fails is applied one by one. */
  async function applyBatch(deliveries: readonly Delivery[]): Promise<number[]> {
    try {
      await reader.apply(deliveries.map(({ message }) => message))
      return deliveries.map(({ position }) => position)
    } catch {
      // The reason is not lost: the message at fault fails again by itself, and is recorded with it.
      return applyOneByOne(deliveries)
    }
  }

  const loop = repeatOnWake({
    name: `state reader ${reader.name}`,
    log: parts.log,
    sweepEvery: 1_000,
    async turn() {
      // What a turn that failed had taken: nothing else of ours is in hand now.
      await releaseOvertaken(parts.relaxed, reader.name, parts.process)
      for (let more = true; more && !stopping;) {
        const claim = { consumer: reader.name, limit: batchSize, process: parts.process }
        const deliveries = await claimState(parts.relaxed, claim)
        if (deliveries.length === 0) return
        await acknowledgeState(parts.relaxed, reader.name, await applyBatch(deliveries))
        const overtaken = await releaseOvertaken(parts.relaxed, reader.name, parts.process)
        more = overtaken > 0 || deliveries.length === batchSize
      }
    },
  })
  loop.wake()

  const lingering = wakeAfter(reader.linger, loop.wake)

  return {
    types: reader.types,
    wake: lingering.wake,
    async caughtUp() {
      const position = await lastPosition(parts.relaxed)
      do await loop.settled()
      while ((await countUntried(parts.relaxed, 'state_delivery', { consumer: reader.name, position })) > 0)
    },
    async stop() {
      stopping = true
      lingering.cancel()
      await loop.stop()
    },
  }
}

/** Passes a wake on at once, or, when told to linger, the first of many after that many milliseconds. */
function wakeAfter(linger: number | undefined, wake: () => void): { wake(): void; cancel(): void } {
  if (linger === undefined) return { wake, cancel: () => undefined }
  let timer: NodeJS.Timeout | undefined
  return {
    wake() {
      timer ??= setTimeout(() => {
        timer = undefined
        wake()
      }, linger)
    },
    cancel: () => clearTimeout(timer),
  }
}
