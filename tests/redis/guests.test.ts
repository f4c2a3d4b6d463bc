import { afterEach, beforeEach, expect, test } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import { shardOf } from '../../platform/redis/shards.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import type { Cart } from '../../subgraphs/cart/domain.ts'
import { keysOf } from '../../subgraphs/cart/stores/redis/keys.ts'
import { firstVersion, next, saveIn } from '../support/carts.ts'
import { startRedisCarts, type StartedRedisCarts } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'

const day = 24 * 60 * 60 * 1_000

await whereInstalled(redisProgram, () => {
  let opened: StartedRedisCarts
  let now: Date
  beforeEach(async () => {
    now = new Date('2026-03-01T12:00:00Z')
    opened = await startRedisCarts({ clock: () => now })
  })
  afterEach(() => opened.close())

  const save = (cart: Cart) => saveIn(opened.stores.carts, cart)
  const find = async (cart: Cart) => (await opened.stores.carts.byOwners([cart.owner])).carts[0]
  const guest = () => firstVersion({ owner: { kind: 'guest', id: newUuid() } })

  async function pass(days: number): Promise<void> {
    now = new Date(now.getTime() + days * day)
    await opened.stores.endGuestCarts()
    await opened.stores.backedUp()
  }

  test('a cart that a guest has left for seven days ends, and so it is published and backed up', async () => {
    const [cart, users] = [guest(), firstVersion()]
    await save(cart)
    await save(users)
    await pass(6.9)
    await save(next(users, 3))
    expect((await opened.testRedis.redis.client.keys('*:guest:*')).length).toBe(1)
    await pass(0.2)
    expect(await find(cart)).toBeUndefined()
    expect(await opened.testRedis.redis.client.keys('*:guest:*')).toEqual([])
    const last = (await opened.published()).findLast(({ subject }) => subject === cart.id)
    expect(last).toMatchObject({ aggregateversion: 2, data: { cartId: cart.id, lines: [] } })
    const { rows } = await opened.database.pool.query('select version, lines, expired from cart where id = $1', [
      cart.id,
    ])
    expect(rows).toEqual([{ version: 2, lines: [], expired: true }])
    await pass(1_000)
    expect(await find(users)).toEqual(next(users, 3))
  })

  test('looking at it renews it', async () => {
    const cart = guest()
    await save(cart)
    await pass(5)
    expect(await find(cart)).toEqual(cart)
    await pass(5)
    expect(await find(cart)).toEqual(cart)
    await pass(7.1)
    expect(await find(cart)).toBeUndefined()
  })

  test.each([0.9, 0.9 / 24])('it lasts seven days from the last look, %d days after the first', async (later) => {
    const cart = guest()
    await save(cart)
    now = new Date(now.getTime() + later * day)
    expect(await find(cart)).toEqual(cart)
    await pass(6.99)
    expect(await opened.testRedis.redis.client.keys('*:guest:*')).not.toEqual([])
    await pass(0.1)
    expect(await find(cart)).toBeUndefined()
  })

  test('a guest who comes back later begins another one, which the backup has as well', async () => {
    const cart = guest()
    await save(cart)
    await pass(8)
    const another = firstVersion({ owner: cart.owner })
    expect(await save(another)).toBe(true)
    await opened.stores.backedUp()
    await opened.testRedis.redis.client.flushall()
    expect((await find(another))?.id).toBe(another.id)
  })

  test('a cart that is used just when it ends goes on', async () => {
    const cart = guest()
    await save(cart)
    now = new Date(now.getTime() + 8 * day)
    await Promise.all([opened.stores.endGuestCarts(), save(next(cart, 3))])
    await opened.stores.backedUp()
    const found = await find(cart)
    // Whoever was first: a change of it, or its end, which that change then does not fit.
    if (found !== undefined) expect(found).toEqual(next(cart, 3))
    expect(await opened.stores.lag()).toBe(0)
  })

  test('what is on its way from a guest to a user does not end', async () => {
    const cart = guest()
    const handover = { id: `${cart.owner.id}@1`, userId: newUuid(), lines: cart.lines }
    await save({ ...cart, lines: [], handover })
    await pass(30)
    expect((await find(cart))?.handover).toEqual(handover)
  })

  test('however much is on its way and does not arrive, what was left behind it ends', async () => {
    const { member } = keysOf(guest().owner)
    const inShard = () => {
      for (let cart = guest(); ; cart = guest()) if (shardOf(keysOf(cart.owner).member) === shardOf(member)) return cart
    }
    const stuck = Array.from({ length: 100 }, inShard)
    for (const cart of stuck) {
      const handover = { id: `${cart.owner.id}@1`, userId: newUuid(), lines: cart.lines }
      await save({ ...cart, lines: [], handover })
    }
    now = new Date(now.getTime() + 1_000)
    const left = inShard()
    await save(left)
    await pass(8)
    await pass(0)
    expect(await find(left)).toBeUndefined()
    expect((await opened.testRedis.redis.client.keys('*:guest:*')).length).toBe(100)
  })
})
