import { lookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'

/**
 * Looks a name up as Node does, and gives its addresses in an order of chance: the system's own order is the same each
 * time, so that all connections would lead to one replica. When an address is dead, the next one is tried.
 */
export const spreadingLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first, ...more] = error === null ? shuffled(addresses) : []
    if (first === undefined) callback(error ?? new Error(`${hostname} has no address`), '', 0)
    else if (options.all === true) callback(null, [first, ...more])
    else callback(null, first.address, first.family)
  })
}

function shuffled(addresses: readonly LookupAddress[]): LookupAddress[] {
  return addresses
    .map((address) => ({ address, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ address }) => address)
}
