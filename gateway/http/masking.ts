import { z } from 'zod'

import { asError, isErrorCode, SoukError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { traceIdOf, type Traceparent } from '../../platform/telemetry/traceparent.ts'
import { clientError, type ClientError } from './client-error.ts'

const details = z.object({
  retryAfter: z.int().optional(),
  field: z.string().optional(),
  retryable: z.boolean().optional(),
  traceId: z.string().optional(),
})
const failure = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string() }),
})

/** Where it is told what clients may not read, and of which trace it is. */
export interface Told {
  readonly log: Logger
  readonly traceparent: Traceparent
}

/**
 * What a client may read of any failure: one with a code of the catalogue keeps its code and message; anything else is of
 * the inside, is logged whole and becomes INTERNAL_SERVER_ERROR with the trace id of its line in the log.
 */
export function masked(thrown: unknown, { log, traceparent }: Told): ClientError {
  const traceId = traceIdOf(traceparent)
  if (thrown instanceof SoukError) {
    const { code, message, retryAfter, field } = thrown
    return clientError(code, { message, retryAfter, field, traceId })
  }
  const { data } = failure.safeParse(thrown)
  if (data !== undefined && isErrorCode(data.extensions.code)) {
    const { message, path } = data
    return clientError(data.extensions.code, { message, path, traceId, ...details.safeParse(data.extensions).data })
  }
  log.error({ err: asError(thrown), traceId }, 'a request failed')
  const path = z.object({ path: failure.shape.path }).safeParse(thrown).data?.path
  return clientError('INTERNAL_SERVER_ERROR', { path, traceId })
}
