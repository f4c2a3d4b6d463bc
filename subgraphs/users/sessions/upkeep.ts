import type { Clock } from '../../../platform/clock.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { repeatOnWake } from '../../../platform/work/loop.ts'
import type { Worker } from '../../../platform/subgraph/define.ts'
import type { UsersStore } from '../stores/store.ts'

const hour = 3_600_000

/** Forgets sessions, tokens and keys that are good for nothing any more. */
export function forgetWhatExpired(parts: {
  readonly store: UsersStore
  readonly clock: Clock
  readonly log: Logger
  /** A used token is remembered as long as a session can live, so that its second use is noticed. */
  readonly sessionsLiveFor: number
}): Worker {
  const { store, clock, log, sessionsLiveFor } = parts
  const loop = repeatOnWake({
    name: 'upkeep of sessions',
    log,
    sweepEvery: hour,
    async turn() {
      const now = clock()
      await store.forgetTokens(new Date(now.getTime() - sessionsLiveFor), now)
      await store.forgetKeys(now)
    },
  })
  loop.wake()
  return loop
}
