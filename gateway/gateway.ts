import { fastify, type FastifyInstance } from 'fastify'

import { asError } from '../platform/errors.ts'
import type { GatewayDependencies } from './dependencies.ts'
import { policies } from './policies.ts'
import { answerBrokenRequest, answerFrameworkError } from './http/errors.ts'

const largestBody = 1_048_576

export interface Gateway {
  /** Starts to answer; resolves with the address that was bound. */
  listen(at: { host: string; port: number }): Promise<{ port: number }>
  /** Takes no new request, ends the open ones, then closes; after `patience` milliseconds it closes what is still open. */
  close(patience: number): Promise<void>
  readonly server: FastifyInstance
}

/** The one door: HTTP in, the graph behind it. */
export async function createGateway(dependencies: GatewayDependencies): Promise<Gateway> {
  const server = fastify({
    bodyLimit: largestBody,
    logger: false,
    forceCloseConnections: 'idle',
    // A closing server still answers what comes over connections that are open: with 503 and `connection: close`.
    return503OnClosing: true,
    frameworkErrors: (error, _request, reply) => answerFrameworkError(error, reply, dependencies.log),
    clientErrorHandler: answerBrokenRequest,
  })
  let closing = false
  // Kept alive, the connection of the last open request would be waited for long after its answer.
  server.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  for (const policy of policies) await policy(server, dependencies)
  return {
    server,
    async listen({ host, port }) {
      await server.listen({ host, port })
      const address = server.server.address()
      return { port: typeof address === 'object' && address !== null ? address.port : port }
    },
    async close(patience) {
      closing = true
      const impatient = setTimeout(() => {
        dependencies.log.warn('some requests did not end in time; closing their connections')
        server.server.closeAllConnections()
      }, patience)
      await server.close().catch((thrown: unknown) => dependencies.log.warn({ err: asError(thrown) }, 'closing failed'))
      clearTimeout(impatient)
    },
  }
}
