import { asError, errorCatalogue, SoukError } from '../../errors.ts'
import { headers } from '../../subgraph/http.ts'
import { inTrace } from '../../telemetry/trace.ts'
import { traceIdOf, traceparentFrom } from '../../telemetry/traceparent.ts'
import { headerOf, type Route } from './route.ts'

/** Whatever is refused, or fails outside of the graph, is answered in the form of GraphQL's errors. */
export const answerErrors: Route = (server, { log }) => {
  server.setErrorHandler((thrown, request, reply) => {
    const traceparent = traceparentFrom(headerOf(request, headers.traceparent))
    const { error, status } = refusalOf(thrown)
    if (status >= 500 && !reply.raw.destroyed) {
      inTrace(traceparent, () => log.warn({ err: asError(thrown) }, 'a request failed'))
    }
    const extensions = { ...error.extensions, traceId: traceIdOf(traceparent) }
    return reply.status(status).send({ errors: [{ message: error.message, extensions }] })
  })
  server.setNotFoundHandler(() => {
    throw new SoukError('NOT_FOUND')
  })
}

function refusalOf(thrown: unknown): { error: SoukError; status: number } {
  if (thrown instanceof SoukError) return { error: thrown, status: errorCatalogue[thrown.code].status }
  // The framework's own refusals: a body that is too large, no JSON, of another type.
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500
  if (status < 500) return { error: new SoukError('BAD_REQUEST', asError(thrown).message), status }
  return { error: new SoukError('INTERNAL_SERVER_ERROR'), status: 500 }
}
