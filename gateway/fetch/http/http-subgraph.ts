import type { ExecutionResult } from 'graphql'

import type { Logger } from '../../../platform/telemetry/logging.ts'
import { traceIdOf } from '../../../platform/telemetry/traceparent.ts'
import { paths } from '../../../platform/subgraph/http.ts'
import type { SubgraphRequest } from '../../../platform/subgraph/subgraph.ts'
import { Cancellation } from '../../../platform/work/cancellation.ts'
import { withinTime } from '../../../platform/work/deadline.ts'
import type { BreakerState, SubgraphLink } from '../../dependencies.ts'
import { LinkFailure } from '../link-failure.ts'
import { isQuery } from '../operation-type.ts'
import { httpAddress, type Address } from './address.ts'
import { breaker, type Breaker } from './breaker.ts'
import { retryBudget } from './retry-budget.ts'

/** A subgraph that is a process of its own, or several. */
export interface HttpSubgraph extends SubgraphLink {
  breaker(): BreakerState
  /** What one of its replicas has at a path. @throws when none has it */
  get(path: string, signal: AbortSignal): Promise<string>
  /** Ends its connections, and what is still asked on them. */
  close(): Promise<void>
}

interface HttpSubgraphParts {
  readonly name: string
  /** Of each replica, or one for all where something in between spreads the connections. */
  readonly urls: readonly string[]
  /** Milliseconds that a subgraph may take over one fetch. */
  readonly deadline: number
  readonly log: Logger
  /** How it is found out whether it is there: at paths that Souk's subgraphs have, or by an operation that every graph has. */
  readonly probe?: 'paths' | 'operation'
  /** Milliseconds that a breaker stays open at first. */
  readonly firstPause?: number
}

interface Replica {
  readonly address: Address
  readonly breaker: Breaker
}

/** Reaches a subgraph over HTTP: replicas in turn, a breaker for each, a query once more where that may help. */
export function httpSubgraph({
  name,
  urls,
  deadline,
  log,
  probe = 'paths',
  ...options
}: HttpSubgraphParts): HttpSubgraph {
  const replicas = urls.map((url): Replica => ({
    address: httpAddress(url),
    breaker: breaker({ ...options, log: log.child({ subgraph: name, url }), patience: deadline }),
  }))
  const budget = retryBudget()
  let turn = 0

  /** All of them, another one first at each call. */
  function inTurn(): readonly Replica[] {
    if (replicas.length === 1) return replicas
    const first = turn++ % replicas.length
    return [...replicas.slice(first), ...replicas.slice(0, first)]
  }

  function get(path: string, signal: AbortSignal): Promise<string> {
    return Promise.any(replicas.map(({ address }) => found(address, path, signal)))
  }

  function isThere(path: string, signal: AbortSignal): Promise<boolean> {
    if (probe === 'paths') return get(path, signal).then(() => true)
    return Promise.any(replicas.map(({ address }) => answering(address, signal)))
  }

  async function execute(request: SubgraphRequest): Promise<ExecutionResult> {
    const { cancellation } = request
    if (cancellation === undefined) return withinTime(deadline, (own) => execute({ ...request, cancellation: own }))
    const order = inTurn()
    budget.earn()
    try {
      return await ask(order, request, cancellation)
    } catch (thrown) {
      if (!mayAskAgain(thrown, request) || cancellation.reason !== undefined || !budget.spend()) throw thrown
      const traceId = traceIdOf(request.traceparent)
      log.info({ err: thrown, subgraph: name, traceId }, 'a fetch failed and is sent once more')
      // Another replica first, where there is one.
      return ask([...order.slice(1), ...order.slice(0, 1)], request, cancellation).catch((again: unknown) => {
        // The failure that opened the breaker says more than that it is open.
        throw isLeftAlone(again) ? thrown : again
      })
    }
  }

  return {
    execute,
    breaker: () => stateOf(replicas),
    get,
    started: (signal) => isThere(paths.started, signal),
    ready: (signal) => isThere(paths.ready, signal),
    async close() {
      await Promise.all(replicas.map(({ address }) => address.close()))
    },
  }
}

/** Asks the first replica that is not left alone. */
async function ask(
  [replica, ...others]: readonly Replica[],
  request: SubgraphRequest,
  cancellation: Cancellation,
): Promise<ExecutionResult> {
  if (replica === undefined) throw new LinkFailure('left alone', 'its circuit breaker is open')
  const { address, breaker } = replica
  try {
    return await breaker.run((until) => address.send(request, until), {
      cancellation,
      traceparent: request.traceparent,
    })
  } catch (thrown) {
    if (isLeftAlone(thrown)) return ask(others, request, cancellation)
    throw thrown
  }
}

function isLeftAlone(thrown: unknown): boolean {
  return thrown instanceof LinkFailure && thrown.kind === 'left alone'
}

function mayAskAgain(thrown: unknown, { query }: SubgraphRequest): thrown is LinkFailure {
  return thrown instanceof LinkFailure && thrown.again && isQuery(query)
}

/** As good as its best replica. */
function stateOf(replicas: readonly Replica[]): BreakerState {
  const states = replicas.map(({ breaker }) => breaker.state)
  return (['closed', 'half-open'] as const).find((state) => states.includes(state)) ?? 'open'
}

async function answering(address: Address, signal: AbortSignal): Promise<true> {
  if (!(await address.answers(Cancellation.by(signal)))) throw new LinkFailure('away', 'it does not answer')
  return true
}

async function found(address: Address, path: string, signal: AbortSignal): Promise<string> {
  const text = await address.get(path, Cancellation.by(signal))
  if (text === undefined) throw new LinkFailure('away', `${path} is not answered with status 200`)
  return text
}
