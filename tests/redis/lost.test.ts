import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import { money } from '../../platform/money.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import type { Cart } from '../../subgraphs/cart/domain.ts'
import { keysOf } from '../../subgraphs/cart/stores/redis/keys.ts'
import { postgresCartStores } from '../../subgraphs/cart/stores/postgres/stores.ts'
import { firstVersion, next, saveIn } from '../support/carts.ts'
import { startRedisCarts, type StartedRedisCarts } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'

await whereInstalled(redisProgram, () => {
  let opened: StartedRedisCarts
  beforeEach(async () => {
    opened = await startRedisCarts()
  })
  afterEach(() => opened.close())

  const save = (cart: Cart) => saveIn(opened.stores.carts, cart)
  const find = async (cart: Cart) => (await opened.stores.carts.byOwners([cart.owner])).carts[0]
  const loseAll = () => opened.testRedis.redis.client.flushall()

  async function savedAndBackedUp(): Promise<Cart> {
    const cart = firstVersion()
    await save(cart)
    const second = next(cart, 3)
    await save(second)
    await opened.stores.backedUp()
    return second
  }

  describe('when Redis has lost all', () => {
    test('a cart comes back as the backup has it, above every version that was published', async () => {
      const kept = await savedAndBackedUp()
      await save(next(kept, 4))
      const before = await opened.published()
      await loseAll()
      const back = await find(kept)
      expect(back?.version).toBeGreaterThan(before.at(-1)?.aggregateversion ?? 0)
      expect([3, 4]).toContain(back?.lines[0]?.quantity)
      const [message, ...more] = await opened.published()
      expect(more).toEqual([])
      expect(message).toMatchObject({ subject: kept.id, aggregateversion: back?.version })
    })

    test('it goes on from there, and the backup with it', async () => {
      const kept = await savedAndBackedUp()
      await loseAll()
      const back = await find(kept)
      if (back === undefined) throw new Error('no cart')
      expect(await save(next(kept, 9))).toBe(false)
      expect(await save(next(back, 9))).toBe(true)
      await opened.stores.backedUp()
      await loseAll()
      const again = await find(kept)
      expect(again?.lines[0]?.quantity).toBe(9)
      expect(again?.version).toBeGreaterThan(back.version + 1)
    })

    test('nobody begins a second cart beside the one in the backup', async () => {
      const kept = await savedAndBackedUp()
      await loseAll()
      expect(await save(firstVersion({ owner: kept.owner }))).toBe(false)
      expect(await save(firstVersion())).toBe(true)
      expect((await find(kept))?.id).toBe(kept.id)
    })

    test('all carts come back, and are published, though nobody looks at them', async () => {
      const kept = await Promise.all(Array.from({ length: 30 }, savedAndBackedUp))
      await loseAll()
      await opened.stores.backedUp()
      const published = new Map(
        (await opened.published()).map((message) => [message.subject, message.aggregateversion]),
      )
      for (const cart of kept) expect(published.get(cart.id)).toBeGreaterThan(cart.version)
      expect(published.size).toBe(30)
    })

    test('twenty that look and write at once meet one cart, and each change that was acknowledged is in it', async () => {
      const kept = await savedAndBackedUp()
      const replica = await opened.openReplica()
      await loseAll()
      const both = [opened.stores.carts, replica.stores.carts]
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const store = both[index % 2] ?? opened.stores.carts
          const [found] = (await store.byOwners([kept.owner])).carts
          if (found === undefined) throw new Error('no cart')
          const line = { id: newUuid(), variantId: newUuid(), quantity: 1 }
          return (await saveIn(store, { ...found, version: found.version + 1, lines: [...found.lines, line] }))
            ? line.id
            : ''
        }),
      )
      const acknowledged = outcomes.filter((id) => id !== '')
      expect(acknowledged.length).toBeGreaterThan(0)
      const lines = (await find(kept))?.lines.map(({ id }) => id)
      expect(lines?.slice(1).toSorted()).toEqual(acknowledged.toSorted())
      const versions = (await opened.published()).map(({ aggregateversion }) => aggregateversion)
      expect(versions).toEqual([...new Set(versions)].toSorted((left, right) => left - right))
      await replica.close()
    })

    test('what can be put into a cart is filled in again from its copy', async () => {
      const variantId = newUuid()
      const variants = [{ variantId, sku: 'MUG', name: 'Mug', price: money(250, 'GBP') }]
      const product = { productId: newUuid(), slug: 'mug', name: 'Mug', images: [], variants, sold: true, version: 3 }
      const { offers } = opened.stores
      await offers.applyProducts([product])
      await offers.applyStock([{ variantId, available: 5, version: 1 }])
      const before = [await offers.offers([variantId]), await offers.shown([variantId])]
      await loseAll()
      expect([await offers.offers([variantId]), await offers.shown([variantId])]).toEqual(before)
      await opened.stores.backedUp()
      await offers.applyStock([{ variantId, available: 1, version: 1 }])
      expect([await offers.offers([variantId]), await offers.shown([variantId])]).toEqual(before)
    })
  })

  test('carts that lie in PostgreSQL are served from Redis from the moment it is chosen', async () => {
    const cart = firstVersion()
    await saveIn(postgresCartStores(opened.backup).carts, cart)
    await loseAll()
    const { version, ...content } = (await find(cart)) ?? {}
    expect({ ...content, version: 1 }).toEqual(cart)
    expect(version).toBeGreaterThan(1)
  })

  test('a cart that is older than its backup, as after a failover, goes on above that', async () => {
    const kept = await savedAndBackedUp()
    const { cart: key, unsaved, member } = keysOf(kept.owner)
    const older = { ...kept, version: 1 }
    await opened.testRedis.redis.client.hset(key, { version: 1, cart: JSON.stringify(older) })
    await opened.testRedis.redis.client.zadd(unsaved, Date.now(), member)
    await opened.stores.backedUp()
    expect((await find(kept))?.version).toBeGreaterThan(kept.version)
    expect((await opened.published()).at(-1)?.aggregateversion).toBe(kept.version + 1)
    await opened.stores.backedUp()
    expect(await opened.stores.lag()).toBe(0)
  })
})
