import type { FastifyInstance, onRequestHookHandler } from 'fastify'

/** Does it before each request for the graph, and before no other: asking each request which route it is for costs more than most policies. */
export function beforeGraphql(server: FastifyInstance, hook: onRequestHookHandler): void {
  server.addHook('onRoute', (route) => {
    if (route.url === '/graphql') route.onRequest = [route.onRequest ?? [], hook].flat()
  })
}
