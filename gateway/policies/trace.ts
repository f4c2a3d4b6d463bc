import { traceIdOf, traceparentFrom, type Traceparent } from '../../platform/telemetry/trace.ts'
import type { Policy } from '../policy.ts'

declare module 'fastify' {
  interface FastifyRequest {
    traceparent: Traceparent
  }
}

/** Every request is part of a trace: the caller's, or a new one, whose id the answer names. */
export const traceRequests: Policy = (server) => {
  server.decorateRequest('traceparent', '')
  server.addHook('onRequest', (request, reply, done) => {
    const header = request.headers.traceparent
    request.traceparent = traceparentFrom(typeof header === 'string' ? header : undefined)
    reply.header('x-trace-id', traceIdOf(request.traceparent))
    done()
  })
}
