import type { OutboxKeys } from '../../../../platform/redis/outbox.ts'
import { shardOf, shards } from '../../../../platform/redis/shards.ts'
import type { CartOwner } from '../../domain.ts'

/** What carts of one shard have in common. What stands in braces decides the hash slot. */
export interface ShardKeys extends OutboxKeys {
  /** `whole <generation>`, or `restoring <generation>` while carts come back from the backup; nothing once all is lost. */
  readonly state: string
  /** Carts that the backup does not have yet, by the time of the first such change. */
  readonly unsaved: string
  /** When guests have used their carts last. */
  readonly guests: string
}

export function shardKeys(shard: number): ShardKeys {
  const key = (name: string) => `cart:{${shard}}:${name}`
  return {
    state: key('state'),
    unsaved: key('unsaved'),
    guests: key('guests'),
    outbox: key('outbox'),
    turn: key('outbox-turn'),
  }
}

export const allShards: readonly ShardKeys[] = shards.map(shardKeys)

export interface CartKeys extends ShardKeys {
  /** A hash: id, version, cart, and `expired` once it has ended. */
  readonly cart: string
  /** Its name among the unsaved. */
  readonly member: string
}

export function keysOf(owner: CartOwner): CartKeys {
  const member = `${owner.kind}:${owner.id}`
  const shard = shardOf(member)
  return { ...shardKeys(shard), cart: cartKey(shard, member), member }
}

export function cartKey(shard: number, member: string): string {
  return `cart:{${shard}}:of:${member}`
}

/** The catalogue as cart knows it lies in one slot: it is small, and read at a glance. */
export const offerKeys = {
  state: 'cart:{offers}:state',
  /** Product by id. */
  products: 'cart:{offers}:products',
  /** A variant's product. */
  variants: 'cart:{offers}:variants',
  /** `<version> <available>` by variant. */
  stock: 'cart:{offers}:stock',
}
