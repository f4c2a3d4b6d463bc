import { fastify } from 'fastify'

import { idleConnectionsKept, largestRequest } from '../subgraph/http.ts'
import { drainOf } from './drain.ts'
import { answerErrors } from './routes/errors.ts'
import { serveGraph } from './routes/graph.ts'
import { serveHealth } from './routes/health.ts'
import { serveKeys } from './routes/keys.ts'
import type { Served } from './routes/route.ts'

/** Milliseconds that open requests are waited for. */
const drainPatience = 10_000

export interface SubgraphServer {
  listen(at: { host: string; port: number }): Promise<{ port: number }>
  /** Not ready from now on; ends the open requests, then closes. */
  close(): Promise<void>
}

/** One subgraph over HTTP, for one trusted caller: the gateway. */
export function subgraphServer(parts: Omit<Served, 'isStopping'>): SubgraphServer {
  let isStopping = false
  const served: Served = { ...parts, isStopping: () => isStopping }
  const server = fastify({
    bodyLimit: largestRequest,
    keepAliveTimeout: idleConnectionsKept,
    logger: false,
    forceCloseConnections: 'idle',
    // What still comes over open connections is answered, since a mutation is not sent again.
    return503OnClosing: false,
  })
  // A connection that is kept alive would be waited for long after its last answer.
  server.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close')
  })
  const drain = drainOf(server, parts.log)
  for (const serve of [answerErrors, serveHealth, serveKeys, serveGraph]) serve(server, served)
  return {
    async listen(at) {
      await server.listen(at)
      return { port: server.addresses()[0]?.port ?? at.port }
    },
    async close() {
      isStopping = true
      await drain(drainPatience)
    },
  }
}
