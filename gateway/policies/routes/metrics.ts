import { hostnameOf, isListed } from '../../http/host.ts'
import type { Policy } from '../../policy.ts'

/**
 * `/metrics`: what this process counts, as Prometheus reads it: by the address of the process. Under a name by which clients come
 * there is no such thing.
 */
export const showMetrics: Policy = (server, { config, metrics }) => {
  const allowed = (config.hosts.allowed ?? []).map((name) => name.toLowerCase())
  server.get('/metrics', async ({ headers: { host = '' } }, reply) => {
    const name = hostnameOf(host)
    if (name !== undefined && isListed(name, allowed)) {
      reply.callNotFound()
      return reply
    }
    const { type, text } = await metrics.exposition()
    return reply.type(type).send(text)
  })
}
