import { pino } from 'pino'

import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import type { GatewayDependencies } from '../dependencies.ts'
import type { Gateway } from '../gateway.ts'
import { bareGateway, type Subgraphs } from './bare-gateway.ts'

export type { Subgraphs }

export interface GatewayUnderTest {
  readonly server: Gateway['server']
  /** What was fetched since the last `forget`. */
  readonly fetched: readonly { readonly subgraph: string; readonly request: SubgraphRequest }[]
  /** What was logged since then. */
  readonly log: () => string
  /** Posts an operation. */
  post(
    payload: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Record<string, unknown>; json: Json }>
  forget(): void
  close(): Promise<void>
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer's shape is asserted, not declared
type Json = any

/** The real gateway over the committed supergraph, in front of subgraphs that a test makes up. */
export async function gatewayUnderTest(
  subgraphs: Subgraphs,
  config: Partial<GatewayDependencies['config']> = {},
  more: Partial<Pick<GatewayDependencies, 'changes' | 'identify'>> = {},
): Promise<GatewayUnderTest> {
  const fetched: { subgraph: string; request: SubgraphRequest }[] = []
  const lines: string[] = []
  const gateway = await bareGateway({
    execute(request, subgraph) {
      fetched.push({ subgraph, request })
      return subgraphs(request, subgraph)
    },
    log: pino({ base: null, level: 'warn' }, { write: (line) => lines.push(line) }),
    config,
    ...more,
  })
  return {
    server: gateway.server,
    fetched,
    log: () => lines.join(''),
    async post(payload, headers = {}) {
      const answer = await gateway.server.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', ...headers },
        payload: JSON.stringify(payload),
      })
      return { status: answer.statusCode, headers: answer.headers, json: answer.json() }
    },
    forget() {
      fetched.length = 0
      lines.length = 0
    },
    close: () => gateway.close(1_000),
  }
}
