import { afterEach, beforeEach, expect, test } from 'vitest'

import { systemClock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import { redisOutbox } from '../../platform/redis/outbox.ts'
import { shardOf } from '../../platform/redis/shards.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import type { Cart } from '../../subgraphs/cart/domain.ts'
import { stateOf } from '../../subgraphs/cart/messages.ts'
import { postgresCartBackup, type CartBackup } from '../../subgraphs/cart/stores/redis/backup.ts'
import { redisCartStore } from '../../subgraphs/cart/stores/redis/carts.ts'
import { copier } from '../../subgraphs/cart/stores/redis/copy.ts'
import { write, type Ground } from '../../subgraphs/cart/stores/redis/ground.ts'
import { allShards, keysOf } from '../../subgraphs/cart/stores/redis/keys.ts'
import { restorer } from '../../subgraphs/cart/stores/redis/restore.ts'
import { expire } from '../../subgraphs/cart/stores/redis/scripts.ts'
import { writeBehind } from '../../subgraphs/cart/stores/redis/write-behind.ts'
import { signal } from '../contracts/bus-support.ts'
import { firstVersion, next, saveIn } from '../support/carts.ts'
import { startRedisCarts, type StartedRedisCarts } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'

await whereInstalled(redisProgram, () => {
  let opened: StartedRedisCarts
  let ground: Ground
  beforeEach(async () => {
    opened = await startRedisCarts()
    // What copies by itself is ended: here each step is the test's own.
    await opened.stores.end()
    const { redis } = opened.testRedis
    const stamp = { source: 'cart', clock: systemClock, newId: newUuid }
    const outbox = redisOutbox(redis, allShards, newUuid)
    ground = { redis, outbox, stamp, backup: postgresCartBackup(opened.backup), log: createLogger('silent') }
  })
  afterEach(() => opened.close())

  const save = (cart: Cart) => saveIn(redisCartStore(ground, restorer(ground)), cart)
  const shardOfCart = ({ owner }: Cart) => shardOf(keysOf(owner).member)
  const isUnsaved = async ({ owner }: Cart) => {
    const { unsaved, member } = keysOf(owner)
    return (await ground.redis.client.zscore(unsaved, member)) !== null
  }

  /** Copies the shard of the cart; something else happens when the backup has answered. */
  async function copy(cart: Cart, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    const keep: CartBackup['keep'] = async (carts) => {
      const newer = await ground.backup.keep(carts)
      await meanwhile()
      return newer
    }
    const stalling = { ...ground, backup: { ...ground.backup, keep } }
    await copier(stalling, restorer(ground))(shardOfCart(cart), Date.now())
  }

  /** The cart of a guest in its second version, with which it has ended. */
  async function ended(): Promise<Cart> {
    const cart = firstVersion({ owner: { kind: 'guest', id: newUuid() } })
    await save(cart)
    const end = { ...next(cart, 1), lines: [] }
    await write(ground, { script: expire, cart: end, messages: [stateOf(end)], extra: Date.now() + 1 })
    return end
  }

  test('a cart begun anew up to the version that its predecessor ended in is not taken for that', async () => {
    const left = await ended()
    const another = firstVersion({ owner: left.owner })
    await copy(left, async () => {
      await copy(left)
      await save(another)
      await save(next(another, 7))
    })
    expect(await isUnsaved(another)).toBe(true)
    await copy(another)
    expect(await ground.backup.byOwners([left.owner])).toEqual([next(another, 7)])
  })

  test('a cart that was older than its backup does not come over one that was begun anew', async () => {
    const older = firstVersion({ owner: { kind: 'guest', id: newUuid() } })
    await ground.backup.keep([{ cart: { ...next(older, 2), version: 9 }, expired: false }])
    await save(older)
    const another = firstVersion({ owner: older.owner })
    await copy(older, async () => {
      await ground.redis.client.del(keysOf(older.owner).cart)
      await save(another)
    })
    expect(await ground.redis.client.hget(keysOf(older.owner).cart, 'id')).toBe(another.id)
  })

  test('what changes is copied while lost carts come back, however many they are', async () => {
    const cart = firstVersion()
    const lost = allShards.find((_keys, shard) => shard !== shardOfCart(cart))
    await ground.redis.client.del(lost?.state ?? '')
    const { given: areBack, give } = signal()
    const copying = writeBehind(ground, {
      restorer: { ...restorer(ground), restoreAll: () => areBack },
      fillOffers: () => Promise.resolve(),
    })
    for (const version of [cart, next(cart, 5), next(next(cart, 5), 6)]) {
      expect(await save(version)).toBe(true)
      await expect.poll(() => isUnsaved(cart)).toBe(false)
      expect(await ground.backup.byOwners([cart.owner])).toEqual([version])
    }
    give()
    await copying.stop()
  })
})
