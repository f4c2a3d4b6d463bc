import { asError } from '../../errors.ts'
import { paths, readinessPatience } from '../../subgraph/http.ts'
import { withinDeadline } from '../../work/deadline.ts'
import { singleFlight } from '../../work/single-flight.ts'
import type { Route, Served } from './route.ts'

type State = 'ready' | 'not ready' | 'starting' | 'stopping'

/** Whether the process is alive, and has started, which needs nobody else; and whether it can answer, which needs its store and the bus. */
export const serveHealth: Route = (server, served) => {
  // One question at a time: a store that hangs is not given more to do by every probe.
  const state = singleFlight(() => stateOf(served))
  server.get(paths.alive, () => ({ status: 'ok' }))
  server.get(paths.started, (_request, reply) => {
    const isThere = !served.isStopping() && served.subgraph() !== undefined
    return reply.status(isThere ? 200 : 503).send({ status: isThere ? 'started' : 'not started' })
  })
  server.get(paths.ready, async (_request, reply) => {
    const status = await state()
    return reply.status(status === 'ready' ? 200 : 503).send({ status })
  })
}

async function stateOf({ subgraph, isStopping, log }: Served): Promise<State> {
  const started = subgraph()
  if (isStopping()) return 'stopping'
  if (started === undefined) return 'starting'
  try {
    return (await withinDeadline(readinessPatience, (signal) => started.ready(signal))) ? 'ready' : 'not ready'
  } catch (thrown) {
    log.warn({ err: asError(thrown) }, 'not ready')
    return 'not ready'
  }
}
