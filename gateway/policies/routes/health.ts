import { asError } from '../../../platform/errors.ts'
import { DeadlinePassed, withinDeadline } from '../../../platform/work/deadline.ts'
import type { SubgraphLink } from '../../dependencies.ts'
import type { Policy } from '../../policy.ts'

/** Milliseconds that a subgraph has, so that who probes has an answer within two seconds whatever hangs. */
const patience = 1_500

type State = 'ready' | 'not ready' | 'no answer'

/** `/healthz`: the process runs. `/readyz`: whether every subgraph can answer, each named with its state; 503 until all can. */
export const reportHealth: Policy = (server, { subgraphs, log }) => {
  /** One question each at a time: what hangs is not given more to do by every probe. */
  const asked = new Map<SubgraphLink, Promise<boolean>>()

  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) => {
    const states = await Promise.all(
      [...subgraphs].map(async ([name, link]) => [name, await stateOf(link, name)] as const),
    )
    const ready = states.every(([, state]) => state === 'ready')
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', subgraphs: Object.fromEntries(states) })
  })

  async function stateOf(link: SubgraphLink, subgraph: string): Promise<State> {
    try {
      return (await ask(link)) ? 'ready' : 'not ready'
    } catch (thrown) {
      log.warn({ err: asError(thrown), subgraph }, 'a subgraph is not ready')
      return thrown instanceof DeadlinePassed ? 'no answer' : 'not ready'
    }
  }

  function ask(link: SubgraphLink): Promise<boolean> {
    const pending = asked.get(link)
    if (pending !== undefined) return pending
    const answer = withinDeadline(patience, (signal) => link.ready(signal)).finally(() => asked.delete(link))
    asked.set(link, answer)
    return answer
  }
}
