import { BlockList, isIP } from 'node:net'

import { LRUCache } from 'lru-cache'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Names that were read before, since nearly all requests come under a few: to read one costs as much as a header of ten others. */
const known = new LRUCache<string, { readonly hostname: string | undefined }>({
  max: 1_000,
  memoMethod: (header) => ({ hostname: read(header) }),
})
/** Characters of a name of DNS, and of a port. */
const longest = 260

/** The name or address of a `host` header, as a browser would read it: lower case, no port, no brackets. Undefined for none. */
export function hostnameOf(header: string): string | undefined {
  return header.length > longest ? read(header) : known.memo(header).hostname
}

function read(header: string): string | undefined {
  if (/[/?#@\\\s]/.test(header) || !URL.canParse(`http://${header}`)) return undefined
  const { hostname } = new URL(`http://${header}`)
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** Whether the name, or the address, is always of this machine itself: nobody else's DNS can point elsewhere with it. */
export function isLoopback(hostname: string): boolean {
  const version = isIP(hostname)
  if (version !== 0) return loopback.check(hostname, version === 4 ? 'ipv4' : 'ipv6')
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** Whether a name is one of those listed; `*.example.org` stands for every name below it. */
export function isListed(hostname: string, listed: readonly string[]): boolean {
  return listed.some((name) => (name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name))
}
