import { setTimeout as pass } from 'node:timers/promises'

import { ConfigError } from '../config.ts'
import { asError } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'

/** Milliseconds. */
const firstPause = 250
const longestPause = 3_000

interface Trying {
  readonly log: Logger
  /** Aborted when nobody needs it any more. */
  readonly signal: AbortSignal
}

/** Attempts until it succeeds: what a process needs may come up later than the process. @throws the signal's reason; ConfigError, which no time mends */
export async function untilDone<Result>(attempt: () => Promise<Result>, { log, signal }: Trying): Promise<Result> {
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (thrown) {
      if (thrown instanceof ConfigError) throw thrown
      log.warn({ err: asError(thrown) }, `cannot start yet; trying again in ${pause} ms`)
    }
    await pass(pause, undefined, { signal })
  }
}
