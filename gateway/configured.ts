import { systemClock } from '../platform/clock.ts'
import { accessTokenVerifier } from '../platform/identity/access-token.ts'
import type { HasEnded } from '../platform/identity/ended-sessions.ts'
import { cacheBytesFrom, defaultCorsOrigins, limitsFrom, ratesFrom, type GatewayConfig } from './config.ts'
import type { GatewayDependencies } from './dependencies.ts'
import { createGateway, type Gateway } from './gateway.ts'

interface ConfiguredParts extends Pick<
  GatewayDependencies,
  | 'supergraphSdl'
  | 'subgraphs'
  | 'release'
  | 'registered'
  | 'passports'
  | 'readErrand'
  | 'jwks'
  | 'limitRate'
  | 'changes'
  | 'log'
> {
  readonly config: GatewayConfig
  readonly hasEnded?: HasEnded
  /** No GraphiQL, no introspection. */
  readonly production: boolean
  /** The folder GraphiQL was built into. */
  readonly graphiqlFolder: string
  readonly readyInPart: boolean
  readonly readyWhenWarm?: boolean
  /** The graph is somebody else's. */
  readonly foreign?: boolean
}

/** The gateway as it is configured, whatever reaches its subgraphs. */
export function configuredGateway(parts: ConfiguredParts): Promise<Gateway> {
  const {
    config,
    production,
    graphiqlFolder,
    readyInPart,
    readyWhenWarm = false,
    hasEnded,
    jwks,
    foreign = false,
    ...dependencies
  } = parts
  return createGateway({
    ...dependencies,
    ...(jwks && { jwks, identify: accessTokenVerifier({ jwks, clock: systemClock, ...(hasEnded && { hasEnded }) }) }),
    config: {
      production,
      graphiqlFolder,
      readyInPart,
      readyWhenWarm,
      foreign,
      forwardHeaders: config.FORWARD_HEADERS ?? [],
      fetchDeadline: config.FETCH_DEADLINE_MS,
      limits: limitsFrom(config),
      rates: ratesFrom(config),
      cacheBytes: cacheBytesFrom(config),
      hosts: { bind: config.HOST, allowed: config.ALLOWED_HOSTS },
      trustedProxies: config.TRUSTED_PROXIES ?? [],
      corsOrigins: config.CORS_ORIGINS ?? defaultCorsOrigins({ production }),
    },
  })
}
