import { z } from 'zod'

import { stateOf } from '../../messages.ts'
import type { StoredCart } from './backup.ts'
import { readCart } from './document.ts'
import { write, type Ground } from './ground.ts'
import { cartKey, keysOf, shardKeys } from './keys.ts'
import type { Restorer } from './restore.ts'
import { raise, saved, unsavedCarts } from './scripts.ts'

const batchSize = 500

export interface Copied {
  /** Whether all that the backup has of the shard is in Redis. */
  readonly isWhole: boolean
  readonly count: number
  /** When the first change was made that the backup did not have, in milliseconds; now, where there was none. */
  readonly oldest: number
  /** All changes until then are in the backup. */
  readonly until: number
}

interface Batch {
  readonly now: number
  readonly carts: readonly StoredCart[]
  /** Names of carts among the unsaved, and their keys. */
  readonly members: readonly (readonly [name: string, key: string])[]
}

const found = z.tuple([z.string().nullable(), z.array(z.string())])
const fields = z.tuple([z.string().nullable(), z.string().nullable()])
const names = z.array(z.string())

/** Copies carts of one shard that the backup does not have yet, a batch at a time. */
export function copier(ground: Ground, restorer: Pick<Restorer, 'restoreOf'>) {
  const { redis, backup, log } = ground

  async function stored(key: string): Promise<StoredCart | undefined> {
    const [document, expired] = fields.parse(await redis.client.hmget(key, 'cart', 'expired'))
    return document === null ? undefined : { cart: readCart(document), expired: expired !== null }
  }

  /** Takes from the unsaved what has not been changed since it was read. */
  async function settle(shard: number, { now, carts, members }: Batch): Promise<void> {
    const { unsaved, guests } = shardKeys(shard)
    const copied = new Map(carts.map(({ cart }) => [keysOf(cart.owner).member, cart]))
    const gone = await redis.run(
      saved,
      [unsaved, guests, ...members.map(([, key]) => key)],
      [now, ...members.flatMap(([name]) => [name, copied.get(name)?.id ?? '', copied.get(name)?.version ?? 0])],
    )
    // All was lost while it was copied: the backup may have been read before this came into it.
    const lost = new Set(names.parse(gone))
    await restorer.restoreOf(carts.map(({ cart }) => cart.owner).filter((owner) => lost.has(keysOf(owner).member)))
  }

  async function goOnAbove({ cart, expired }: StoredCart, version: number | undefined): Promise<void> {
    if (version === undefined || expired) return
    const next = { ...cart, version: version + 1 }
    await write(ground, { script: raise, cart: next, messages: [stateOf(next)], extra: cart.version })
    log.warn({ cart: cart.id, from: cart.version, to: next.version }, 'a cart was older than its backup')
  }

  return async (shard: number, now: number): Promise<Copied> => {
    const { state, unsaved } = shardKeys(shard)
    const [condition, list] = found.parse(await redis.run(unsavedCarts, [state, unsaved], [batchSize]))
    const isWhole = condition?.startsWith('whole') === true
    const members = list.filter((_text, index) => index % 2 === 0).map((name) => [name, cartKey(shard, name)] as const)
    if (members.length === 0) return { isWhole, count: 0, oldest: now, until: now }
    const oldest = Number(list[1])
    const carts = (await Promise.all(members.map(([, key]) => stored(key)))).flatMap((cart) => cart ?? [])
    const newer = await backup.keep(carts)
    await settle(shard, { now, carts, members })
    await Promise.all(carts.map((one) => goOnAbove(one, newer.get(one.cart.id))))
    return { isWhole, count: members.length, oldest, until: members.length < batchSize ? now : oldest }
  }
}
