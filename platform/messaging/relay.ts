import { repeatOnWake, type WakingLoop } from '../work/loop.ts'
import type { Logger } from '../telemetry/logging.ts'
import type { Bus } from './bus.ts'
import type { Outbox } from './outbox.ts'

export interface OutboxRelay {
  /** Resolves when all that was committed before the call has been published. */
  drained(): Promise<void>
  stop(): Promise<void>
}

/** Publishes what is in the outbox, and then removes it. Woken at commit; sweeps for what a crash has left. */
export function relayOutbox({ outbox, bus, log }: { outbox: Outbox; bus: Bus; log: Logger }): OutboxRelay {
  const loop: WakingLoop = repeatOnWake({
    name: 'outbox relay',
    log,
    sweepEvery: 5_000,
    async turn() {
      while (await outbox.relayBatch((stream, messages) => bus.publish(stream, messages)));
    },
  })
  const unsubscribe = outbox.onFilled(loop.wake)
  loop.wake()
  return {
    drained: loop.settled,
    async stop() {
      unsubscribe()
      // What cannot be published now stays in the outbox, for the next start.
      await loop.settled().catch((error: unknown) => log.warn({ err: error }, 'the outbox could not be emptied'))
      await loop.stop()
    },
  }
}
