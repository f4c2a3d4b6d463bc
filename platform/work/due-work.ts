import { asError } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'
import { doneWithin } from './deadline.ts'
import { repeatOnWake } from './loop.ts'
import { inTrace } from '../telemetry/trace.ts'
import { traceparentFrom, type Traceparent } from '../telemetry/traceparent.ts'

/** Milliseconds that a stop waits for. */
const patience = 10_000

export interface DueWork {
  /** Call it when something has become due. */
  wake(): void
  /** Takes nothing new, ends what is in hand; what takes longer than ten seconds is given up, and is due again later. */
  stop(): Promise<void>
}

/**
 * Does what rows say is due, several at a time, so that a slow one holds up no other. A row is claimed by moving its due
 * time on, so that what a crash leaves undone is due again by itself.
 */
export function doDueWork<Item>(parts: {
  readonly name: string
  readonly log: Logger
  readonly concurrency: number
  /** The trace that the item belongs to; one of its own without. */
  traceOf?(item: Item): Traceparent | undefined
  /** Takes up to `limit` rows that are due by the store's clock, and hides them for longer than `perform` can take. */
  claim(limit: number): Promise<readonly Item[]>
  /** Records its own outcome; a rejection is logged, and the row is due again later. */
  perform(item: Item): Promise<void>
}): DueWork {
  const { name, log, concurrency, claim, perform, traceOf } = parts
  const inHand = new Set<Promise<void>>()
  let stopping = false
  /** Whether the last claim took all it could, so that some wait for a place. */
  let mayBeMore = false
  const loop = repeatOnWake({
    name,
    log,
    sweepEvery: 1_000,
    async turn() {
      const limit = stopping ? 0 : concurrency - inHand.size
      if (limit <= 0) return
      const items = await claim(limit)
      mayBeMore = items.length === limit
      for (const item of items) {
        const work = inTrace(traceparentFrom(traceOf?.(item)), () => perform(item))
          .catch((thrown: unknown) => log.error({ err: asError(thrown), worker: name }, 'due work failed'))
          .finally(() => {
            inHand.delete(work)
            if (mayBeMore) loop.wake()
          })
        inHand.add(work)
      }
    },
  })
  loop.wake()
  return {
    wake: loop.wake,
    async stop() {
      stopping = true
      // In this order: a turn that is claiming just now puts more in hand.
      await loop.stop()
      await doneWithin(patience, () => Promise.all(inHand))
    },
  }
}
