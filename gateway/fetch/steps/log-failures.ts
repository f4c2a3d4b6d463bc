import { asError } from '../../../platform/errors.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { traceIdOf } from '../../../platform/telemetry/traceparent.ts'
import type { Step } from '../link.ts'

/** A fetch that fails is logged whole; one that nobody waits for any more has not failed. */
export function logFailures(log: Logger): Step {
  return (next) => async (fetch, signal) => {
    try {
      return await next(fetch, signal)
    } catch (thrown) {
      const { subgraph, operationName: operation, asker } = fetch
      if (!asker.signal.aborted) {
        const traceId = traceIdOf(asker.traceparent)
        log.error({ err: asError(thrown), subgraph, operation, traceId }, 'a fetch failed')
      }
      throw thrown
    }
  }
}
