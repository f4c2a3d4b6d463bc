import { asError } from '../../platform/errors.ts'
import type { SubgraphLink } from '../dependencies.ts'
import type { Policy } from '../policy.ts'

/** `/healthz`: the process runs. `/readyz`: every subgraph can answer, each told by name; 503 until all can. */
export const reportHealth: Policy = (server, { subgraphs, log }) => {
  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) => {
    const states = await Promise.all(
      [...subgraphs].map(async ([name, link]) => [name, (await isReady(link, name)) ? 'ready' : 'not ready'] as const),
    )
    const ready = states.every(([, state]) => state === 'ready')
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', subgraphs: Object.fromEntries(states) })
  })

  async function isReady(link: SubgraphLink, subgraph: string): Promise<boolean> {
    try {
      return await link.ready()
    } catch (thrown) {
      log.warn({ err: asError(thrown), subgraph }, 'a subgraph is not ready')
      return false
    }
  }
}
