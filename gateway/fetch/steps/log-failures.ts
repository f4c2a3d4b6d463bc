import { asError } from '../../../platform/errors.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { Step } from '../link.ts'

/** A fetch that fails is logged whole; one that nobody waits for any more has not failed. */
export function logFailures(log: Logger): Step {
  return (next) => async (fetch, signal) => {
    try {
      return await next(fetch, signal)
    } catch (thrown) {
      if (!fetch.asker.signal.aborted) {
        log.error({ err: asError(thrown), subgraph: fetch.subgraph, operation: fetch.operationName }, 'a fetch failed')
      }
      throw thrown
    }
  }
}
