import { asError } from '../../../platform/errors.ts'
import { DeadlinePassed, withinDeadline } from '../../../platform/work/deadline.ts'
import type { BreakerState, SubgraphLink } from '../../dependencies.ts'
import type { Policy } from '../../policy.ts'

/** Milliseconds that a subgraph has, so that who probes has an answer within two seconds whatever hangs. */
const patience = 1_500

type State = 'ready' | 'not ready' | 'no answer'

/**
 * `/healthz`: the process runs. `/startedz`: it has found a subgraph that has started, and that remains so; one whose addresses or
 * network are wrong does not take the place of one that works. `/readyz`: each subgraph with its state, and its circuit breaker
 * where it has one, and which supergraph is served. 503 until all are ready; where it is ready in part, until one is, since others'
 * requests must not be lost with those of one that is down. Neither is green while registered operations are prepared.
 */
export const reportHealth: Policy = (server, { engine, log, config, leaving }) => {
  let hasStarted = false
  /** One question each at a time: what hangs is not given more to do by every probe. */
  const asked = new Map<SubgraphLink, Promise<boolean>>()

  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/startedz', async (_request, reply) => {
    hasStarted ||= await engine.withGraph(({ graph }) => hasFoundOne([...graph.subgraphs.values()]))
    const isThere = hasStarted && engine.isWarm && !leaving.aborted
    return reply.status(isThere ? 200 : 503).send({ status: isThere ? 'started' : 'not started' })
  })
  server.get('/readyz', (_request, reply) =>
    engine.withGraph(async ({ graph: { subgraphs }, id }) => {
      const states = await Promise.all(
        [...subgraphs].map(async ([name, link]) => [name, await stateOf(link, name)] as const),
      )
      const status = ownStatus() ?? statusOf(states.map(([, state]) => state))
      return reply
        .status(status === 'ready' || status === 'ready in part' ? 200 : 503)
        .send({ status, supergraph: id, subgraphs: Object.fromEntries(states), ...breakersOf(subgraphs) })
    }),
  )

  /** Undefined where it is ready, as far as it concerns the gateway alone. */
  function ownStatus(): 'stopping' | 'warming' | undefined {
    if (leaving.aborted) return 'stopping'
    return engine.isWarm ? undefined : 'warming'
  }

  function statusOf(states: readonly State[]): 'ready' | 'ready in part' | 'not ready' {
    if (states.every((state) => state === 'ready')) return 'ready'
    return config.readyInPart === true && states.includes('ready') ? 'ready in part' : 'not ready'
  }

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

async function hasFoundOne(links: readonly SubgraphLink[]): Promise<boolean> {
  const found = links.map(
    async ({ started }) => started === undefined || withinDeadline(patience, started).catch(() => false),
  )
  return (await Promise.all(found)).includes(true)
}

function breakersOf(subgraphs: ReadonlyMap<string, SubgraphLink>): { breakers?: Record<string, BreakerState> } {
  const states = [...subgraphs].flatMap(([name, { breaker }]) =>
    breaker === undefined ? [] : [[name, breaker()] as const],
  )
  return states.length === 0 ? {} : { breakers: Object.fromEntries(states) }
}
