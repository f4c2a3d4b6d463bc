import { traceIdOf, traceparentFrom, type Traceparent } from '../../platform/telemetry/traceparent.ts'
import type { MakeGreeting } from '../greeting.ts'

declare module 'fastify' {
  interface FastifyRequest {
    traceparent: Traceparent
  }
}

/** Every request is part of a trace: the caller's, or a new one, whose id the answer names. */
export const traceRequests: MakeGreeting = () => (request, headers) => {
  const { traceparent } = request.headers
  request.traceparent = traceparentFrom(typeof traceparent === 'string' ? traceparent : undefined)
  headers['x-trace-id'] = traceIdOf(request.traceparent) ?? ''
  return undefined
}
