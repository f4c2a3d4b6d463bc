import { Cluster } from 'ioredis'

import type { RedisConnection } from '../../../../platform/redis/connection.ts'
import type { Cart } from '../../domain.ts'
import { readCart } from './document.ts'
import { allShards } from './keys.ts'

/** Every cart that Redis has, those that have ended included. */
export async function cartsIn(redis: RedisConnection): Promise<Cart[]> {
  return (await storedIn(redis)).map(({ cart }) => cart)
}

/** Those that have not ended. */
export async function liveCartsIn(redis: RedisConnection): Promise<Cart[]> {
  return (await storedIn(redis)).filter(({ expired }) => !expired).map(({ cart }) => cart)
}

/** How many carts the backup does not have as they are. */
export async function unsavedCarts({ client }: RedisConnection): Promise<number> {
  const counts = await Promise.all(allShards.map(({ unsaved }) => client.zcard(unsaved)))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** How many messages of carts have yet to be published. */
export async function unpublishedIn({ client }: RedisConnection): Promise<number> {
  const counts = await Promise.all(allShards.map(({ outbox }) => client.xlen(outbox)))
  return counts.reduce((sum, count) => sum + count, 0)
}

async function storedIn(redis: RedisConnection): Promise<{ cart: Cart; expired: boolean }[]> {
  const nodes = redis.client instanceof Cluster ? redis.client.nodes('master') : [redis.client]
  const keys = new Set<string>()
  for (const node of nodes) {
    for await (const found of node.scanStream({ match: 'cart:{*}:of:*', count: 1_000 })) {
      for (const key of found) keys.add(String(key))
    }
  }
  const found = await Promise.all([...keys].map((key) => redis.client.hmget(key, 'cart', 'expired')))
  return found.flatMap(([document, expired]) =>
    typeof document === 'string' ? [{ cart: readCart(document), expired: typeof expired === 'string' }] : [],
  )
}
