import { isIPv4, isIPv6 } from 'node:net'

/** The groups of an IPv6 address that an end site is given: 56 bits (RFC 6177), of which three and a half groups hold all. */
const siteGroups = 3

/**
 * What attempts from an address count for: an IPv4 address itself, the /56 of an IPv6 address, since whoever has one
 * address of it has all of them.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? plain
  if (isIPv4(mapped) || !isIPv6(plain)) return mapped
  const groups = groupsOf(plain)
  const half = (Number.parseInt(groups[siteGroups] ?? '0', 16) & 0xff00).toString(16)
  return `${[...groups.slice(0, siteGroups), half].join(':')}::/56`
}

/** All eight groups, written in the one way that URLs know. */
function groupsOf(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const before = head === '' ? [] : head.split(':')
  if (tail === undefined) return before
  const after = tail === '' ? [] : tail.split(':')
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
}
