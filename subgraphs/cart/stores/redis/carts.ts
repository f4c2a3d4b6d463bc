import { z } from 'zod'

import { StoreUnavailable } from '../../../../platform/errors.ts'
import type { Cart, CartOwner } from '../../domain.ts'
import type { CartStore, ReadCarts } from '../store.ts'
import { readCart } from './document.ts'
import { guestIn, write, type Ground } from './ground.ts'
import { usesAreOneWithin } from './guests.ts'
import { keysOf } from './keys.ts'
import type { Restorer } from './restore.ts'
import { look, save } from './scripts.ts'

const looked = z.tuple([z.string().nullable(), z.string().nullable()])

/** Carts in Redis. While that is away they are read from the backup, at most a second old, and none is changed. */
export function redisCartStore(ground: Ground, restorer: Restorer): CartStore {
  const { redis, backup, stamp, log } = ground
  let isAway = false

  async function lookAt(owner: CartOwner): Promise<{ isWhole: boolean; cart: Cart | undefined }> {
    const { state, cart, guests } = keysOf(owner)
    const now = stamp.clock().getTime()
    const found = await redis.run(look, [state, cart, guests], [now, now - usesAreOneWithin, guestIn(owner)])
    const [condition, document] = looked.parse(found)
    return {
      isWhole: condition?.startsWith('whole') === true,
      cart: document === null ? undefined : readCart(document),
    }
  }

  async function inRedis(owners: readonly CartOwner[]): Promise<Cart[]> {
    const found = await Promise.all(owners.map(lookAt))
    const unknown = owners.filter((_owner, index) => found[index]?.cart === undefined && found[index]?.isWhole !== true)
    await restorer.restoreOf(unknown)
    const restored = await Promise.all(unknown.map(lookAt))
    return [...found, ...restored].flatMap(({ cart }) => cart ?? [])
  }

  async function fromBackup(owners: readonly CartOwner[]): Promise<ReadCarts> {
    // Read first, the time is never later than what is read. Without one, nothing has come into the backup from Redis.
    const copiedUntil = (await backup.watermark()) ?? stamp.clock()
    return { carts: await backup.byOwners(owners), copiedUntil }
  }

  return {
    async byOwners(owners) {
      try {
        const carts = await inRedis(owners)
        if (isAway) log.warn('carts are read from Redis again')
        isAway = false
        return { carts }
      } catch (thrown) {
        if (!(thrown instanceof StoreUnavailable)) throw thrown
        // It may be the backup that does not answer; then this fails, too.
        const copy = await fromBackup(owners)
        if (!isAway)
          log.warn({ completeUntil: copy.copiedUntil }, 'carts are read from the backup, and cannot be changed')
        isAway = true
        return copy
      }
    },

    async save(cart, messages) {
      const attempt = (asked: string) => write(ground, { script: save, cart, messages, extra: asked })
      let outcome = await attempt('')
      if (outcome === 'ASK THE BACKUP') outcome = await attempt(await restorer.restoreOf([cart.owner]))
      // Lost once more, just now: as if somebody had been faster.
      return outcome === 'SAVED'
    },
  }
}
