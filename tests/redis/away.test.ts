import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { StoreUnavailable } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { money } from '../../platform/money.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import { createCarts } from '../../subgraphs/cart/carts.ts'
import { clear, type Cart } from '../../subgraphs/cart/domain.ts'
import { firstVersion, next, saveIn } from '../support/carts.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { startRedisCarts, type StartedRedisCarts } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'

await whereInstalled(redisProgram, () => {
  let opened: StartedRedisCarts
  let logged: string[]
  beforeEach(async () => {
    logged = []
    opened = await startRedisCarts({ log: createLogger('warn', { write: (line) => void logged.push(line) }) })
  })
  afterEach(() => opened.close())

  const save = (cart: Cart) => saveIn(opened.stores.carts, cart)
  const find = async (cart: Cart) => (await opened.stores.carts.byOwners([cart.owner])).carts[0]
  const isBack = () => new Promise((resolve) => void opened.redis.client.once('ready', resolve))

  async function backedUp(): Promise<Cart> {
    const cart = firstVersion()
    await save(cart)
    await opened.stores.backedUp()
    return cart
  }

  test('while Redis is away, carts are read from the backup and none is changed; then all goes on', async () => {
    const cart = await backedUp()
    const variantId = newUuid()
    const variants = [{ variantId, sku: 'MUG', name: 'Mug', price: money(250, 'GBP') }]
    const product = { productId: newUuid(), slug: 'mug', name: 'Mug', images: [], variants, sold: true, version: 3 }
    await opened.stores.offers.applyProducts([product])
    await opened.testRedis.server.kill()
    for (let read = 0; read < 2; read += 1) {
      const { carts, copiedUntil } = await opened.stores.carts.byOwners([cart.owner])
      expect(carts).toEqual([cart])
      expect(copiedUntil?.getTime()).toBeGreaterThanOrEqual(cart.updatedAt.getTime())
    }
    expect(logged.filter((line) => line.includes('carts are read from the backup'))).toHaveLength(1)
    await expect(save(next(cart, 7))).rejects.toThrow(StoreUnavailable)
    expect((await opened.stores.offers.shown([variantId])).get(variantId)).toMatchObject({ sku: 'MUG' })
    await opened.stores.storage.ready()
    const back = isBack()
    await opened.testRedis.restart()
    await back
    expect(await save(next(cart, 8))).toBe(true)
    expect(await opened.stores.carts.byOwners([cart.owner])).toEqual({ carts: [next(cart, 8)] })
  })

  test('while Redis is away, a member sees the own cart, and what the guest has chosen is handed over afterwards', async () => {
    const [member, guest] = [await backedUp(), firstVersion({ owner: { kind: 'guest', id: newUuid() } })]
    await save(guest)
    await opened.stores.backedUp()
    const carts = createCarts({ store: opened.stores.carts, clock: () => new Date(), newId: newUuid })
    const viewer: Viewer = { kind: 'user', id: member.owner.id, guestId: guest.owner.id, roles: [] }
    await opened.testRedis.server.kill()
    expect(await carts.of(viewer)).toEqual({ ...member, copiedUntil: expect.any(Date) })
    // Neither what would change nothing, nor what the copy may lack, is taken for done.
    await expect(carts.change(member.owner, clear)).rejects.toThrow(StoreUnavailable)
    await expect(carts.identify(newUuid(), member.owner.id)).rejects.toThrow(StoreUnavailable)
    const back = isBack()
    await opened.testRedis.restart()
    await back
    const seen = await carts.of(viewer)
    expect(seen).not.toHaveProperty('copiedUntil')
    expect(seen?.lines).toHaveLength(member.lines.length + guest.lines.length)
  })

  test('a Redis that hangs costs a reader one deadline, and loses nothing', async () => {
    const cart = await backedUp()
    await opened.testRedis.server.hang()
    const begun = performance.now()
    expect(await find(cart)).toEqual(cart)
    expect(await find(cart)).toEqual(cart)
    await expect(save(next(cart, 7))).rejects.toThrow(StoreUnavailable)
    expect(performance.now() - begun).toBeLessThan(2_500)
    const back = isBack()
    opened.testRedis.server.goOn()
    await back
    const found = await find(cart)
    // The write may have been in Redis' hands already: whether it took effect is not known, and both are right.
    if (found === undefined) throw new Error('no cart')
    expect(await save(next(found, 9))).toBe(true)
  })

  test('Redis is killed among twenty writers: what was acknowledged is there, with its messages, once it is back', async () => {
    const acknowledged = new Map<string, Cart>()
    let goOn = true
    const writers = Array.from({ length: 20 }, async () => {
      for (let cart = firstVersion(); goOn; cart = next(cart, cart.version)) {
        const saved = await save(cart).catch(() => false)
        if (!saved) return
        acknowledged.set(cart.id, cart)
      }
    })
    await until(() => acknowledged.size === 20)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await opened.testRedis.server.kill()
    goOn = false
    await Promise.all(writers)
    const back = isBack()
    await opened.testRedis.restart()
    await back
    const published = await opened.published()
    for (const cart of acknowledged.values()) {
      const found = await find(cart)
      expect(found?.version).toBeGreaterThanOrEqual(cart.version)
      expect(found?.version).toBeLessThanOrEqual(cart.version + 1)
      const versions = published.filter(({ subject }) => subject === cart.id).map((one) => one.aggregateversion)
      expect(versions).toEqual(Array.from({ length: found?.version ?? 0 }, (_, index) => index + 1))
    }
  })

  test('while the backup is away, carts are changed, the lag shows, and it catches up', async () => {
    const cart = await backedUp()
    const before = await opened.stores.watermark()
    const reopen = await cutOff(opened.database)
    expect(await save(next(cart, 7))).toBe(true)
    expect(await find(cart)).toEqual(next(cart, 7))
    await opened.stores.backedUp()
    await until(async () => (await opened.stores.lag()) > 100)
    await reopen()
    await until(async () => {
      await opened.stores.backedUp()
      return (await opened.stores.lag()) === 0
    })
    const { rows } = await opened.database.pool.query<{ version: number }>('select version from cart where id = $1', [
      cart.id,
    ])
    expect(rows).toEqual([{ version: 2 }])
    expect(Number(await opened.stores.watermark())).toBeGreaterThan(Number(before))
  })

  test('a process that dies leaves nothing out: another copies what it has changed', async () => {
    const dying = await opened.openReplica()
    const cart = firstVersion()
    await saveIn(dying.stores.carts, cart)
    dying.redis.client.disconnect()
    await opened.stores.backedUp()
    const { rows } = await opened.database.pool.query('select version from cart where id = $1', [cart.id])
    expect(rows).toEqual([{ version: 1 }])
    await dying.close()
  })

  test('an older copy never takes the place of a newer one', async () => {
    const cart = await backedUp()
    const replica = await opened.openReplica()
    let newest = cart
    for (let turn = 0; turn < 30; turn += 1) {
      newest = next(newest, turn + 1)
      await Promise.all([save(newest), opened.stores.backedUp(), replica.stores.backedUp()])
    }
    await opened.stores.backedUp()
    const { rows } = await opened.database.pool.query('select version from cart where id = $1', [cart.id])
    expect(rows).toEqual([{ version: newest.version }])
    await replica.close()
  })
})

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Nobody gets into the database, until what it returns is called. */
async function cutOff({ config, pool }: TestDatabase): Promise<() => Promise<void>> {
  const name = config.database ?? ''
  const administer = async (statement: string) => {
    const client = new Client({ ...config, database: 'postgres' })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  pool.on('error', () => undefined)
  await administer(`alter database ${name} with allow_connections false`)
  await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
  return () => administer(`alter database ${name} with allow_connections true`)
}
