import { asError } from '../../../platform/errors.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { traceIdOf } from '../../../platform/telemetry/traceparent.ts'
import type { Fetch } from '../link.ts'

/** A fetch that fails is logged whole; one that nobody waits for any more has not failed. */
export function logFailures(log: Logger): (thrown: unknown, fetch: Fetch) => void {
  return (thrown, { subgraph, operationName: operation, asker }) => {
    if (asker.cancellation.reason !== undefined) return
    log.error({ err: asError(thrown), subgraph, operation, traceId: traceIdOf(asker.traceparent) }, 'a fetch failed')
  }
}
