import type { ExecutionResult } from 'graphql'
import { pino } from 'pino'

import { Cancellation } from '../../platform/work/cancellation.ts'
import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { withinTime } from '../../platform/work/deadline.ts'
import { answers, misbehavingServer, type MisbehavingServer } from '../../tests/support/misbehaving-server.ts'
import { httpSubgraph, type HttpSubgraph } from '../fetch/http/http-subgraph.ts'

/** Milliseconds; more than anything takes that works, however slow the machine is. */
const patient = 10_000
export const query = { query: 'query Q { a }', passport: 'a passport' }
export const mutation = { query: 'mutation M { a }', passport: 'a passport' }
/** What a server that works says. */
export const good = answers({ data: { a: 1 } })

/** The gateway's link over HTTP to servers that do what a test says. */
export interface SubgraphOverHttp {
  readonly servers: readonly MisbehavingServer[]
  /** The first of them. */
  readonly server: MisbehavingServer
  readonly subgraph: HttpSubgraph
  /** As the gateway asks: with a deadline around it. */
  ask(request?: SubgraphRequest, signal?: AbortSignal): Promise<ExecutionResult>
  /** States of breakers, as they were logged. */
  breakerStates(): string[]
  /** Of the lines of the breaker, in the same order. */
  breakerTraces(): (string | undefined)[]
  close(): Promise<void>
}

/** @param options.deadline milliseconds; short where something hangs */
export async function subgraphOverHttp({ replicas = 1, deadline = patient } = {}): Promise<SubgraphOverHttp> {
  const lines: string[] = []
  const log = pino({ base: null, level: 'debug' }, { write: (line: string) => lines.push(line) })
  const servers = await Promise.all(Array.from({ length: replicas }, () => misbehavingServer(good)))
  const [server] = servers
  if (server === undefined) throw new Error('no server')
  const subgraph = httpSubgraph({ name: 'cart', urls: servers.map(({ url }) => url), deadline, log })
  const breakerLines = () =>
    lines
      .map((line) => JSON.parse(line) as { readonly breaker?: string; readonly traceId?: string })
      .flatMap(({ breaker, traceId }) => (breaker === undefined ? [] : [{ breaker, traceId }]))
  return {
    servers,
    server,
    subgraph,
    ask: (request = query, signal?) =>
      withinTime(
        deadline,
        (cancellation) => subgraph.execute({ ...request, cancellation }),
        signal && Cancellation.by(signal),
      ),
    breakerStates: () => breakerLines().map(({ breaker }) => breaker),
    breakerTraces: () => breakerLines().map(({ traceId }) => traceId),
    async close() {
      await subgraph.close()
      await Promise.all(servers.map((one) => one.close()))
    },
  }
}
