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
  /** Tells of what has just been committed. What fails is told by the next sweep: the session has ended all the same. */
  announceNew(): Promise<void>
  /** Tells of all again, and goes on: whoever forgot what it was told, or was not there, knows it again. */
  start(): Promise<Worker>
}

/** The store is what knows which sessions have ended; it is told from there as long as a token of one may be good. */
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
