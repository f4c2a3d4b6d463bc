import { headers } from '../platform/subgraph/http.ts'

/** Of a connection and not of what is sent over it (RFC 9110, 7.6.1), of a body, and what the gateway itself says. */
const ownOfEachRequest: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'expect', 'host', 'content-length', 'content-type', 'content-encoding'],
  ...['accept', 'accept-encoding', ...Object.values(headers)],
])

const token = /^[a-z0-9!#$%&'*+.^_`|~-]+$/

/** Whether a header of a client's may be sent on to subgraphs: it is a name, and means there what it means here. */
export function mayBeForwarded(name: string): boolean {
  const lower = name.toLowerCase()
  return token.test(lower) && !ownOfEachRequest.has(lower)
}
