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
  /** What has ended is remembered as long as an access token of it may be good. */
  readonly endedRemembered: number
}): Worker {
  const { store, clock, log, sessionsLiveFor, endedRemembered } = parts
  const loop = repeatOnWake({
    name: 'upkeep of sessions',
    log,
    sweepEvery: hour,
    async turn() {
      const now = clock()
      const before = (milliseconds: number) => new Date(now.getTime() - milliseconds)
      // A guest has no other session that reuse could tell of, and so is forgotten sooner.
      await store.forgetTokens(before(Math.max(sessionsLiveFor, endedRemembered)), before(endedRemembered))
      await store.forgetKeys(now)
    },
  })
  loop.wake()
  return loop
}
