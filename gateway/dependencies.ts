import type { ExecutionResult } from 'graphql'
import type { JSONWebKeySet } from 'jose'

import type { PassportControl, PassportOffice } from '../platform/identity/passport.ts'
import type { Viewer } from '../platform/identity/viewer.ts'
import type { LimitRate } from '../platform/limits/buckets.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import type { SubgraphRequest } from '../platform/subgraph/subgraph.ts'
import type { Changes } from './cache/changes.ts'
import type { Limits } from './engine/limits/limits.ts'
import type { KnownOperation } from './engine/prepare/preparation.ts'
import type { Rates } from './rates/rates.ts'

/** Reaches one subgraph: a call within the process, or HTTP between processes. */
export interface SubgraphLink {
  execute(request: SubgraphRequest): Promise<ExecutionResult>
  /** The signal is aborted when nobody waits for the answer any more. */
  ready(signal: AbortSignal): Promise<boolean>
  /** Of a link to a process of its own: whether that has started, whatever its stores do now. */
  started?(signal: AbortSignal): Promise<boolean>
  /** Of a link that leaves alone what has failed too often. */
  breaker?(): BreakerState
}

/** Whether a subgraph is asked, asked by one request to try, or left alone. */
export type BreakerState = 'closed' | 'half-open' | 'open'

/** What is served. */
export interface Graph {
  /** The composed supergraph. */
  readonly supergraphSdl: string
  /** By the names of the supergraph. */
  readonly subgraphs: ReadonlyMap<string, SubgraphLink>
  /** Called when nothing is asked of it any more, and nothing will be. */
  release?(): Promise<void>
}

export interface GatewayDependencies extends Graph {
  /** The operations that are prepared before anybody asks for them: read again for each supergraph. */
  readonly registered?: () => Promise<readonly KnownOperation[]>
  /** Finds out who bears an access token; without it nobody is asked for one, and all are visitors. @throws SoukError UNAUTHENTICATED when it is not valid any more, or never was */
  readonly identify?: (accessToken: string) => Promise<Viewer>
  /** Names to subgraphs who asks; where it is left out they get neither that nor the client's address. */
  readonly passports?: PassportOffice
  /** Reads the errands that subgraphs ask on; none is given or taken where it is left out. */
  readonly readErrand?: PassportControl
  /** The public keys of the access tokens, for others who want to verify them; none are served where it is left out. */
  readonly jwks?: () => Promise<JSONWebKeySet>
  /** The buckets that requests are paid from; those of this process alone where it is left out. */
  readonly limitRate?: LimitRate
  /** Tells of what changes in the shop; without it no answer is kept. */
  readonly changes?: Changes | undefined
  readonly log: Logger
  readonly config: {
    /** No GraphiQL, no introspection. */
    readonly production: boolean
    /** The graph is somebody else's: of its scalars and its lists nothing is known, and no pictures of Souk's are beside it. */
    readonly foreign?: boolean
    /** Headers of a client's request that subgraphs are sent too, in lower case. */
    readonly forwardHeaders?: readonly string[]
    /** The folder GraphiQL was built into. */
    readonly graphiqlFolder: string
    /** Milliseconds a subgraph may take over one fetch. */
    readonly fetchDeadline: number
    /** Whether it is ready while some subgraphs are not: what the others own is served. */
    readonly readyInPart?: boolean
    /** Whether it is not ready before the registered operations have been prepared. */
    readonly readyWhenWarm?: boolean
    /** How much one operation may cost; `defaultLimits` where it is left out. */
    readonly limits?: Limits
    /** How much may be asked in a minute; `defaultRates` where it is left out. */
    readonly rates?: Rates
    /** Bytes of answers that are kept; `defaultCacheBytes` where it is left out, none where it is 0. */
    readonly cacheBytes?: number
    readonly hosts: {
      /** What the server is bound to. */
      readonly bind: string
      /** Names it is served under beside that; undefined where they do not matter. */
      readonly allowed: readonly string[] | undefined
    }
    /** Addresses and subnets whose `x-forwarded-for` names the client. */
    readonly trustedProxies?: readonly string[]
    /** Whose pages may read answers. */
    readonly corsOrigins: readonly string[]
  }
}
