import type { Policy } from '../../policy.ts'

/** `/metrics`: what this process counts, as Prometheus reads it. Numbers alone, and names that the supergraph has. */
export const showMetrics: Policy = (server, { metrics }) => {
  server.get('/metrics', async (_request, reply) => {
    const { type, text } = await metrics.exposition()
    return reply.type(type).send(text)
  })
}
