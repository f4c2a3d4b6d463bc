import type { Clock } from '../../../platform/clock.ts'
import { asError } from '../../../platform/errors.ts'
import type { AnnounceEnded } from '../../../platform/identity/ended-sessions.ts'
import type { Worker } from '../../../platform/subgraph/define.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { repeatOnWake } from '../../../platform/work/loop.ts'
import type { TokenStore } from '../stores/store.ts'

/** Milliseconds; what was ended and not announced, since somebody died in between, is found within this. */
const sweepEvery = 3_000
/** Milliseconds in which what has just been committed was ended, by the clock of any replica. */
const justNow = 30_000

export interface EndedAnnouncements {
  /** Announces the ends that have just been committed. If that fails, the next sweep does it: the sessions have ended all the same. */
  announceNew(): Promise<void>
  /** Announces all ends again, and again at each sweep: a gateway that has forgotten them, or was not there, learns them. */
  start(): Promise<Worker>
}

/** The store knows which sessions have ended. Each end is announced from it as long as a token of the session may be good. */
export function endedAnnouncements(parts: {
  readonly store: Pick<TokenStore, 'endedFamilies'>
  readonly announce: AnnounceEnded
  readonly clock: Clock
  readonly log: Logger
  /** Milliseconds. */
  readonly remembered: number
}): EndedAnnouncements {
  const { store, announce, clock, log, remembered } = parts

  async function announceOf(last: number): Promise<void> {
    const ended = await store.endedFamilies(new Date(clock().getTime() - last))
    if (ended.length === 0) return
    await announce(ended.map(({ id, endedAt }) => ({ id, forgetAt: new Date(endedAt.getTime() + remembered) })))
  }

  function later(thrown: unknown): void {
    log.warn({ err: asError(thrown) }, 'the end of sessions was not announced; trying again at the next sweep')
  }

  return {
    announceNew: () => announceOf(justNow).catch(later),
    async start() {
      // Before anybody is served: in one process nobody else remembers.
      await announceOf(remembered).catch(later)
      return repeatOnWake({ name: 'ended sessions', log, sweepEvery, turn: () => announceOf(remembered) })
    },
  }
}
