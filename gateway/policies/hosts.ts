import type { FastifyRequest } from 'fastify'

import { SoukError } from '../../platform/errors.ts'
import { hostnameOf, isListed, isLoopback } from '../http/host.ts'
import { headers } from '../../platform/subgraph/http.ts'
import type { MakeGreeting } from '../greeting.ts'

/** Asked by address, or by HTTP/1.0 with no name at all; they show nothing of anybody. */
const probes = ['/healthz', '/startedz', '/readyz', '/metrics']

/**
 * Serves only requests that name this server. A foreign page can have its own name resolve to 127.0.0.1 (DNS rebinding)
 * and is then of one origin with us, for the browser; but the `host` header still has that name.
 */
export const requireKnownHost: MakeGreeting = ({ config, readErrand }) => {
  const { bind, allowed } = config.hosts
  const isLocal = isLoopback(bind)
  const known =
    isLocal || allowed !== undefined ? [bind, ...(allowed ?? [])].map((name) => name.toLowerCase()) : undefined

  /** Why a request under this name is not served; undefined where it is. */
  function refusalOf(host: string): SoukError | undefined {
    const hostname = hostnameOf(host)
    if (hostname === undefined) return new SoukError('BAD_REQUEST', 'The `host` header is not valid.')
    if (known === undefined || isListed(hostname, known) || (isLocal && isLoopback(hostname))) return undefined
    const message = `${hostname} is no name of this server. Where it is one, add it to ALLOWED_HOSTS.`
    return new SoukError('FORBIDDEN', message)
  }

  /** Whether a request is served under any name. */
  function needsNoName(request: FastifyRequest): boolean {
    const { url = '' } = request.routeOptions
    if (!isLocal && probes.includes(url)) return true
    // Ours come under the name that the gateway has between processes; the next policies let none in whose errand is not signed.
    return readErrand !== undefined && url === '/graphql' && headers.errand in request.headers
  }

  return (request) => {
    const refusal = refusalOf(request.headers.host ?? '')
    // What route it is for costs more to find out.
    return refusal === undefined || needsNoName(request) ? undefined : refusal
  }
}
