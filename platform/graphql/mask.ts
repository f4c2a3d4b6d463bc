import { GraphQLError, type GraphQLFormattedError } from 'graphql'

import { SoukError, StoreUnavailable, asError, errorCatalogue } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'
import { currentTraceId } from '../telemetry/trace.ts'

/**
 * The one place in a subgraph where a failure is made fit for a client: a SoukError keeps its code and message, a request
 * that GraphQL itself refused keeps its message, anything else is logged whole and becomes INTERNAL_SERVER_ERROR with the
 * trace id under which the log has it.
 */
export function maskError(error: GraphQLError, log: Logger): GraphQLFormattedError {
  const where = {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  }
  const original = error.originalError
  if (original instanceof SoukError) {
    if (original instanceof StoreUnavailable)
      log.error({ err: original, path: error.path }, 'the store does not answer')
    else if (original.cause !== undefined) log.info({ err: original, path: error.path }, 'a request was refused')
    return { ...where, message: original.message, extensions: original.extensions }
  }
  if (original === undefined || original instanceof GraphQLError) {
    const code = error.extensions.code ?? 'BAD_USER_INPUT'
    return { ...where, message: error.message, extensions: { code } }
  }
  log.error({ err: asError(original), path: error.path }, 'a resolver failed')
  const { message } = errorCatalogue.INTERNAL_SERVER_ERROR
  const traceId = currentTraceId()
  return { ...where, message, extensions: { code: 'INTERNAL_SERVER_ERROR', ...(traceId && { traceId }) } }
}
