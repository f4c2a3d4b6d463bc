import { readFileSync } from 'node:fs'

import type { ExecutionResult } from 'graphql'
import { parse } from 'yaml'
import { z } from 'zod'

import { SoukError } from '../../platform/errors.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import type { LimitRate } from '../../platform/limits/buckets.ts'
import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { createLogger, type Logger } from '../../platform/telemetry/logging.ts'
import type { Changes } from '../cache/changes.ts'
import type { GatewayDependencies, Graph, SubgraphLink } from '../dependencies.ts'
import { createGateway, type Gateway } from '../gateway.ts'

const repository = new URL('../../', import.meta.url)
const supergraph = z.object({ subgraphs: z.record(z.string(), z.unknown()) })

/** The one access token that it knows. */
export const goodToken = 'good'

/** Answers in the place of every subgraph. */
export type Subgraphs = (request: SubgraphRequest, subgraph: string) => Promise<ExecutionResult> | ExecutionResult

interface BareGateway {
  readonly execute?: Subgraphs | undefined
  /** Whether a subgraph is ready, where one is asked for that is not. */
  readonly ready?: Readonly<Record<string, SubgraphLink['ready']>> | undefined
  /** Whether a subgraph has started; left out, they are within one process. */
  readonly started?: NonNullable<SubgraphLink['started']> | undefined
  readonly identify?: GatewayDependencies['identify']
  readonly limitRate?: LimitRate
  readonly registered?: NonNullable<GatewayDependencies['registered']>
  readonly changes?: Changes | undefined
  readonly log?: Logger
  readonly config?: Partial<GatewayDependencies['config']>
}

/** The committed supergraph, and no subgraph behind it. */
export function bareGraph({
  execute = () => ({ data: {} }),
  ready = {},
  started,
}: Pick<BareGateway, 'execute' | 'ready' | 'started'> = {}): Graph {
  const { subgraphs } = supergraph.parse(parse(readFileSync(new URL('supergraph.yaml', repository), 'utf8')))
  const linkTo = (name: string): SubgraphLink => ({
    ...(started && { started }),
    ready: ready[name] ?? (() => Promise.resolve(true)),
    execute: async (request) => execute(request, name),
  })
  return {
    supergraphSdl: readFileSync(new URL('supergraph.graphql', repository), 'utf8'),
    subgraphs: new Map(Object.keys(subgraphs).map((name) => [name, linkTo(name)])),
  }
}

/** The gateway on the committed supergraph, and no subgraph behind it. Ask it by `server.inject`. */
export function bareGateway(parts: BareGateway = {}): Promise<Gateway> {
  const {
    execute,
    ready,
    started,
    identify = knowsGoodToken,
    log = createLogger('silent'),
    limitRate,
    registered,
    changes,
    config,
  } = parts
  return createGateway({
    ...bareGraph({ execute, ready, started }),
    identify,
    ...(limitRate && { limitRate }),
    ...(registered && { registered }),
    changes,
    passports: () => Promise.resolve('passport'),
    jwks: () => Promise.resolve({ keys: [] }),
    log,
    config: {
      production: false,
      graphiqlFolder: import.meta.dirname,
      fetchDeadline: 1_000,
      hosts: { bind: 'localhost', allowed: undefined },
      corsOrigins: ['https://shop.example.org'],
      ...config,
    },
  })
}

function knowsGoodToken(token: string): Promise<Viewer> {
  if (token !== goodToken) throw new SoukError('UNAUTHENTICATED', 'The access token is not valid.')
  return Promise.resolve(visitor)
}
