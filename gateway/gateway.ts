import { fastify, type FastifyInstance } from 'fastify'

import { drainOf, type Drain } from '../platform/process/drain.ts'
import type { GatewayDependencies } from './dependencies.ts'
import { currentEngine, type CurrentEngine } from './engine/current/current.ts'
import { serveGraphql } from './door/door.ts'
import { createMetrics, type GatewayMetrics } from './metrics/metrics.ts'
import { policies } from './policies.ts'
import { largestBody } from './http/body.ts'
import { answerBrokenRequest, answerErrors, answerFrameworkError, answerNotFound } from './http/errors.ts'

export interface Gateway extends Pick<CurrentEngine, 'warm' | 'swap'> {
  /** Starts to answer; resolves with the address that was bound. */
  listen(at: { host: string; port: number }): Promise<{ port: number }>
  /** Says from now on that it is not ready, and goes on to answer: whoever sends requests here is to learn of it first. */
  leave(): void
  /** Takes no connection any more, answers what comes over those that are open, then closes. */
  readonly close: Drain
  readonly server: FastifyInstance
  readonly metrics: GatewayMetrics
}

/** The one door: HTTP in, the graph behind it. */
export async function createGateway(dependencies: GatewayDependencies): Promise<Gateway> {
  const server = fastify({
    bodyLimit: largestBody,
    trustProxy: [...(dependencies.config.trustedProxies ?? [])],
    logger: false,
    forceCloseConnections: 'idle',
    // A policy refuses what comes over connections that are open, in our words.
    return503OnClosing: false,
    // So does one where there is none; Node's own refusal has no body.
    http: { requireHostHeader: false },
    frameworkErrors: (error, _request, reply) => answerFrameworkError(error, reply, dependencies.log),
    clientErrorHandler: answerBrokenRequest,
  })
  const leaving = new AbortController()
  const drain = drainOf(server, dependencies.log)
  const metrics = createMetrics()
  const engine = currentEngine({ ...dependencies, metrics })
  server.addHook('onClose', () => engine.stop())
  const parts = { ...dependencies, engine, metrics, leaving: leaving.signal }
  // So that whatever fails is answered as GraphQL errors in JSON.
  answerErrors(server, parts.log)
  server.decorateRequest('traceparent', '')
  await serveGraphql(server, parts)
  // In a context of its own: its hooks are none of the graph's.
  await server.register(async (others) => {
    answerNotFound(others)
    for (const policy of policies) await policy(others, parts)
  })
  return {
    server,
    metrics,
    async listen({ host, port }) {
      await server.listen({ host, port })
      const address = server.server.address()
      return { port: typeof address === 'object' && address !== null ? address.port : port }
    },
    warm: () => engine.warm(),
    swap: (graph) => engine.swap(graph),
    leave: () => leaving.abort(),
    close(patience) {
      leaving.abort()
      return drain(patience)
    },
  }
}
