import { afterEach, beforeEach, expect, test } from 'vitest'

import { databaseOf } from '../../embedded/composition/compose.ts'
import { systemClock } from '../../platform/clock.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { postgresCartStores } from '../../subgraphs/cart/stores/postgres/stores.ts'
import { keysOf } from '../../subgraphs/cart/stores/redis/keys.ts'
import { firstVersion, next, saveIn } from '../../tests/support/carts.ts'
import { createTestDatabase, type TestDatabase } from '../../tests/support/postgres.ts'
import { openRedisCarts, type RedisCarts } from '../../tests/support/redis-carts.ts'
import { startTestRedis, type TestRedis } from '../../tests/support/redis.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { redisProgram } from '../servers/redis.ts'
import { holdsNothingAlone } from '../extract/start.ts'
import { cartsBetween, openCartMove } from './cart.ts'
import { isAlike, move } from './move.ts'

await whereInstalled(redisProgram, () => {
  const carts = Array.from({ length: 12 }, () => firstVersion())
  let server: TestRedis
  let database: TestDatabase
  let old: PostgresDatabase
  let opened: RedisCarts

  beforeEach(async () => {
    server = await startTestRedis()
    database = await createTestDatabase()
    old = databaseOf({ name: 'cart', connection: database.config, clock: systemClock, log: createLogger('silent') })
    const stores = postgresCartStores(old)
    await stores.storage.open()
    for (const cart of carts) await saveIn(stores.carts, cart)
    opened = await openRedisCarts({ url: server.url, database })
  })

  afterEach(async () => {
    await opened.close()
    await old.close()
    await database.drop()
    await server.stop()
  })

  const compared = async () => {
    const [comparison] = await move([cartsBetween(old, opened.redis)], () => undefined)
    if (comparison === undefined) throw new Error('nothing was compared')
    return comparison
  }

  test('carts are on Redis as they were on PostgreSQL, also while they change', async () => {
    const before = await compared()
    expect([before.from.count, before.to.count, isAlike(before)]).toEqual([12, 12, true])
    const moved = await opened.stores.carts.byOwners([carts[0]?.owner ?? firstVersion().owner])
    const [first] = moved.carts
    if (first === undefined) throw new Error('the cart is not on Redis')
    await Promise.all([saveIn(opened.stores.carts, next(first, 3)), compared()])
    const after = await compared()
    expect(isAlike(after)).toBe(true)
    expect(after.to.hash).not.toBe(before.to.hash)
  })

  test('what Redis has yet to publish is counted, and keeps its folder from being removed', async () => {
    await opened.stores.backedUp()
    const { unpublished, close } = await openCartMove(old, { REDIS_URL: server.url })
    expect(await unpublished?.()).toBe(carts.length)
    expect(await holdsNothingAlone(server.url)).toBe(false)
    while (await opened.stores.storage.outbox.relayBatch(() => Promise.resolve()));
    expect(await unpublished?.()).toBe(0)
    expect(await holdsNothingAlone(server.url)).toBe(true)
    await close()
  })

  test('a cart that Redis does not have, and one that is other there, are reported', async () => {
    expect(isAlike(await compared())).toBe(true)
    const { cart } = keysOf(carts[0]?.owner ?? firstVersion().owner)
    const [document] = await opened.redis.client.hmget(cart, 'cart')
    await opened.redis.client.hset(cart, 'cart', String(document).replace(/"quantity":\d+/, '"quantity":77'))
    const other = await compared()
    expect([other.from.count, other.to.count, isAlike(other)]).toEqual([12, 12, false])
    await opened.redis.client.del(cart)
    const missing = await compared()
    expect([missing.from.count, missing.to.count, isAlike(missing)]).toEqual([12, 11, false])
  })
})
