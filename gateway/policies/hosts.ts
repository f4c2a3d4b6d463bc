import { SoukError } from '../../platform/errors.ts'
import { hostnameOf, isListed, isLoopback } from '../http/host.ts'
import { headers } from '../../platform/subgraph/http.ts'
import type { Policy } from '../policy.ts'

/** Asked by address, or by HTTP/1.0 with no name at all; they show nothing of anybody. */
const probes = ['/healthz', '/startedz', '/readyz']

/**
 * Serves only requests that name this server. A foreign page can have its own name resolve to 127.0.0.1 (DNS rebinding)
 * and is then of one origin with us, for the browser; but the `host` header still has that name.
 */
export const requireKnownHost: Policy = (server, { config, readErrand }) => {
  const { bind, allowed } = config.hosts
  const isLocal = isLoopback(bind)
  const known =
    isLocal || allowed !== undefined ? [bind, ...(allowed ?? [])].map((name) => name.toLowerCase()) : undefined

  server.addHook('onRequest', async (request) => {
    if (!isLocal && probes.includes(request.routeOptions.url ?? '')) return
    // Ours come under the name that the gateway has between processes; the next policies let none in whose errand is not signed.
    if (readErrand && request.routeOptions.url === '/graphql' && headers.errand in request.headers) return
    const hostname = hostnameOf(request.headers.host ?? '')
    if (hostname === undefined) throw new SoukError('BAD_REQUEST', 'The `host` header is not valid.')
    if (known === undefined || isListed(hostname, known) || (isLocal && isLoopback(hostname))) return
    throw new SoukError('FORBIDDEN', `${hostname} is no name of this server. Where it is one, add it to ALLOWED_HOSTS.`)
  })
}
