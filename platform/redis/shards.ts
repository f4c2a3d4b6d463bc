import { createHash } from 'node:crypto'

/**
 * What is written together must lie in one hash slot, and each slot in use has an outbox that relays look through. So things are
 * put into a few slots by the hash of their name: enough for a cluster of as many nodes, few enough to look through at a glance.
 * The number is for ever: with another one, everything would lie somewhere else.
 */
export const shards: readonly number[] = Array.from({ length: 16 }, (_, index) => index)

export function shardOf(name: string): number {
  return createHash('sha1').update(name).digest().readUInt8(0) % shards.length
}
