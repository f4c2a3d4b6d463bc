import { repeatOnWake } from '../../../../platform/work/loop.ts'
import { evolve } from '../../domain.ts'
import { stateOf } from '../../messages.ts'
import { readCart } from './document.ts'
import { write, type Ground } from './ground.ts'
import { allShards, keysOf } from './keys.ts'
import { expire } from './scripts.ts'

const hour = 60 * 60 * 1_000
/** Milliseconds. That a guest has looked at a cart is written down once in so long. */
export const usesAreOneWithin = hour
/** Milliseconds that a guest's cart outlives its last use, at the least. */
const guestCartsLast = 7 * 24 * hour
const sweepEvery = 60_000
const batchSize = 100

/**
 * Ends the carts that guests have left. Not by an expiry of Redis: what readers know of a cart must end with it, so its end
 * is a change like any other, which is published and backed up.
 */
export function guestSweep(ground: Ground) {
  const { redis, stamp, log } = ground

  async function turn(): Promise<void> {
    for (const { guests } of allShards) {
      // The last use may have been so much later than the one that was written down.
      const since = stamp.clock().getTime() - guestCartsLast - usesAreOneWithin
      const left = await redis.client.zrangebyscore(guests, '-inf', since, 'LIMIT', 0, batchSize)
      await Promise.all(left.map((id) => end(id, since)))
    }
  }

  async function end(id: string, since: number): Promise<void> {
    const owner = { kind: 'guest', id } as const
    const { cart: key, guests } = keysOf(owner)
    const document = await redis.client.hget(key, 'cart')
    if (document === null) {
      await redis.client.zrem(guests, id)
      return
    }
    const left = readCart(document)
    if (left.handover !== null) {
      // What is on its way to a user has to arrive first, which is a use. Meanwhile it makes room for those that come behind it.
      await redis.client.zadd(guests, 'XX', stamp.clock().getTime(), id)
      return
    }
    const cart = evolve(left, { kind: 'CHANGED', lines: [] }, stamp.clock())
    await write(ground, { script: expire, cart, messages: [stateOf(cart)], extra: since })
  }

  return repeatOnWake({ name: 'ends of guest carts', log, sweepEvery, turn })
}
