import { asError } from '../../../../platform/errors.ts'
import { shards } from '../../../../platform/redis/shards.ts'
import type { Logger } from '../../../../platform/telemetry/logging.ts'
import { repeatOnWake } from '../../../../platform/work/loop.ts'
import { copier } from './copy.ts'
import type { Ground } from './ground.ts'
import type { Restorer } from './restore.ts'

/** Milliseconds between two looks, which is about how late the backup is. */
const lookEvery = 250
/** Milliseconds: a backup that is later than that is logged. */
const allowedLag = 1_000
/** Milliseconds after which the watermark is written though nothing has changed. */
const watermarkEvery = 5_000

interface WriteBehindParts {
  readonly restorer: Restorer
  /** Fills the catalogue in Redis, where that has lost it. */
  fillOffers(): Promise<void>
}

export interface WriteBehind {
  /** Resolves when a look that began after the call has ended, and has brought back and copied what it found. */
  drained(): Promise<void>
  stop(): Promise<void>
}

/**
 * Copies changed carts into the backup. Which they are is part of the write that changes them, so that a crash of this process
 * leaves nothing out; several processes that copy the same do no harm, since only what is newer is kept.
 */
export function writeBehind(ground: Ground, { restorer, fillOffers }: WriteBehindParts): WriteBehind {
  const { backup, stamp, log } = ground
  const copy = copier(ground, restorer)
  const noteLag = onChange(
    (lag) => log.warn({ lag }, 'the backup of the carts is late'),
    (lag) => log.warn({ lag }, 'the backup of the carts has caught up'),
  )
  const noteFailure = onChange(
    (err) => log.warn({ err }, 'the carts cannot be backed up just now'),
    () => log.warn('the carts are backed up again'),
  )
  let notedAt = 0
  const comeBack = bringingBack(restorer, log)

  async function turn(): Promise<void> {
    await fillOffers()
    const now = stamp.clock().getTime()
    const copied = await Promise.all(shards.map((shard) => copy(shard, now)))
    const lag = now - Math.min(...copied.map(({ oldest }) => oldest))
    noteLag(lag > allowedLag, lag)
    if (!copied.every(({ isWhole }) => isWhole)) comeBack.begin()
    // What was read of the backup meanwhile is as old as before.
    if (comeBack.underWay() !== undefined) return
    if (now - notedAt < watermarkEvery && copied.every(({ count }) => count === 0)) return
    await backup.completeUntil(new Date(Math.min(...copied.map(({ until }) => until))))
    notedAt = now
  }

  const loop = repeatOnWake({
    name: 'backup of carts',
    log,
    sweepEvery: lookEvery,
    turn: () =>
      turn().then(
        () => noteFailure(false, undefined),
        (thrown: unknown) => noteFailure(true, asError(thrown)),
      ),
  })
  return {
    async drained() {
      await loop.settled()
      if (comeBack.underWay() === undefined) return
      await comeBack.underWay()
      await loop.settled()
    },
    async stop() {
      await loop.settled()
      await loop.stop()
      await comeBack.underWay()
    },
  }
}

/** Brings back what was lost beside the copying, which would come late: there may be many carts. */
function bringingBack({ restoreAll }: Restorer, log: Logger) {
  const note = onChange(
    (err) => log.warn({ err }, 'lost carts cannot be brought back just now'),
    () => log.warn('lost carts can be brought back again'),
  )
  let underWay: Promise<void> | undefined
  return {
    underWay: () => underWay,
    begin() {
      underWay ??= restoreAll()
        .then(
          () => note(false, undefined),
          (thrown: unknown) => note(true, asError(thrown)),
        )
        .finally(() => (underWay = undefined))
    },
  }
}

/** A state that is looked at four times a second is logged when it begins and when it ends, not at each look. */
function onChange<Detail>(begins: (detail: Detail) => void, ends: (detail: Detail) => void) {
  let was = false
  return (is: boolean, detail: Detail): void => {
    if (is && !was) begins(detail)
    if (!is && was) ends(detail)
    was = is
  }
}
