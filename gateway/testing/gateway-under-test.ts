import { readFileSync } from 'node:fs'

import type { ExecutionResult } from 'graphql'
import { pino } from 'pino'
import { parse } from 'yaml'
import { z } from 'zod'

import { visitor } from '../../platform/identity/viewer.ts'
import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import type { GatewayDependencies } from '../dependencies.ts'
import { createGateway, type Gateway } from '../gateway.ts'

/** Answers in the place of every subgraph. */
export type Subgraphs = (request: SubgraphRequest, subgraph: string) => Promise<ExecutionResult> | ExecutionResult

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

const repository = new URL('../../', import.meta.url)
const list = z.object({ subgraphs: z.record(z.string(), z.unknown()) })

/** The real gateway over the committed supergraph, in front of subgraphs that a test makes up. */
export async function gatewayUnderTest(
  subgraphs: Subgraphs,
  config: Partial<GatewayDependencies['config']> = {},
): Promise<GatewayUnderTest> {
  const names = Object.keys(list.parse(parse(readFileSync(new URL('supergraph.yaml', repository), 'utf8'))).subgraphs)
  const fetched: { subgraph: string; request: SubgraphRequest }[] = []
  const lines: string[] = []
  const link = (subgraph: string) => ({
    ready: () => Promise.resolve(true),
    async execute(request: SubgraphRequest) {
      fetched.push({ subgraph, request })
      return subgraphs(request, subgraph)
    },
  })
  const gateway = await createGateway({
    supergraphSdl: readFileSync(new URL('supergraph.graphql', repository), 'utf8'),
    subgraphs: new Map(names.map((name) => [name, link(name)])),
    identify: () => Promise.resolve(visitor),
    passports: () => Promise.resolve('passport'),
    jwks: () => Promise.resolve({ keys: [] }),
    log: pino({ base: null, level: 'warn' }, { write: (line) => lines.push(line) }),
    config: {
      production: false,
      graphiqlFolder: import.meta.dirname,
      fetchDeadline: 1_000,
      hosts: { bind: 'localhost', allowed: undefined },
      corsOrigins: [],
      ...config,
    },
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
