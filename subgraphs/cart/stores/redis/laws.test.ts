import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { cartState } from '../../../../contracts/cart.ts'
import { productState } from '../../../../contracts/products.ts'
import { stockState } from '../../../../contracts/inventory.ts'
import { systemClock } from '../../../../platform/clock.ts'
import { newUuid } from '../../../../platform/ids.ts'
import { differences } from '../../../../platform/laws/facts.ts'
import { outgoing, type Message, type OutgoingMessage } from '../../../../platform/messaging/message.ts'
import { stampMessages } from '../../../../platform/messaging/outbox.ts'
import { redisProgram } from '../../../../scripts/servers/redis.ts'
import { firstVersion, next, saveIn } from '../../../../tests/support/carts.ts'
import { productMessage, stockMessage } from '../../../../tests/support/messages.ts'
import { startTestRedis, type TestRedis } from '../../../../tests/support/redis.ts'
import { openLoneRedisCarts, type RedisCarts } from '../../../../tests/support/redis-carts.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { catalogueReader, stockReader } from '../../events.ts'
import type { Cart } from '../../domain.ts'
import { postgresCartBackup } from './backup.ts'
import { keysOf, offerKeys } from './keys.ts'
import { redisCartLaws, redisCartOutbox } from './laws.ts'

const hour = 60 * 60 * 1_000

await whereInstalled(redisProgram, () => {
  let server: TestRedis
  let opened: RedisCarts
  let cart: Cart
  beforeEach(async () => {
    server = await startTestRedis()
    opened = await openLoneRedisCarts(server.url)
    cart = firstVersion()
    await saveIn(opened.stores.carts, cart)
    await opened.stores.backedUp()
  })
  afterEach(async () => {
    await opened.close()
    await server.stop()
  })

  const laws = () => redisCartLaws(opened)
  async function violations(): Promise<readonly string[]> {
    const verdicts = await Promise.all(laws().laws.map((law) => law.check()))
    return verdicts.flatMap((verdict) => verdict.violations)
  }
  const client = () => opened.redis.client

  describe('of the backup', () => {
    test('nothing is found where all is well, or was changed a moment ago', async () => {
      expect(await violations()).toEqual([])
      await saveIn(opened.stores.carts, next(cart, 3))
      expect(await violations()).toEqual([])
    })

    test('a cart that is not in it as it is, is found', async () => {
      await opened.backup.query('update cart set version = 7 where id = $1', [cart.id])
      expect(await violations()).toEqual([`cart ${cart.id} is not in the backup in its version 1`])
      await opened.backup.query(`update cart set version = 1, lines = '[]' where id = $1`, [cart.id])
      expect(await violations()).toEqual([`cart ${cart.id} is not in the backup in its version 1`])
    })

    test('a cart of the same version with another handover is told apart from a repeat', async () => {
      const keep = (handover: Cart['handover']) =>
        postgresCartBackup(opened.backup).keep([{ cart: { ...cart, handover }, expired: false }])
      expect(await keep(null)).toEqual(new Map())
      expect(await keep({ id: 'other', userId: newUuid(), lines: cart.lines })).toEqual(new Map([[cart.id, 1]]))
    })

    test('a cart that Redis has lost without a trace is found', async () => {
      await client().del(keysOf(cart.owner).cart)
      expect(await violations()).toEqual([`cart ${cart.id} is in the backup, and Redis does not have it`])
    })

    test('a cart that is late is found', async () => {
      const { unsaved, member } = keysOf(cart.owner)
      await opened.stores.end()
      await server.redis.client.zadd(unsaved, Date.now() - hour, member)
      const [law] = redisCartLaws({ redis: server.redis, backup: opened.backup }).laws
      expect((await law?.check())?.violations).toEqual([`the cart of ${member} should have been backed up by now`])
    })
  })

  test('what is published is what Redis has; of guests whose carts have ended, what the backup has', async () => {
    const ended = newUuid()
    await opened.backup.query(
      `insert into cart (id, owner_kind, owner_id, version, lines, done, updated_at, expired)
       values ($1, 'guest', $2, 9, '[]', '{"handovers":[],"orders":[],"proposals":[]}', now(), true)`,
      [ended, newUuid()],
    )
    const published = (await opened.published()).map(({ subject, aggregateversion: version, data }) => {
      return { key: subject, messageKey: subject, fact: { version, data } }
    })
    const { state } = laws()
    expect(state.type).toBe(cartState.type)
    expect(differences(await state.facts(), published)).toEqual([expect.stringContaining(`${ended} is missing`)])
    await client().hset(keysOf(cart.owner).cart, 'cart', JSON.stringify({ ...cart, lines: [] }))
    expect(differences(await state.facts(), published)).toContainEqual(expect.stringContaining(cart.id))
  })

  test('read models in Redis and beside the backup are each compared with a rebuild', async () => {
    const variantId = newUuid()
    const product = productMessage({ productId: newUuid(), version: 3, variants: [{ variantId, sku: 'MUG' }] })
    const level = stockMessage({ variantId, available: 4 })
    await catalogueReader(opened.stores.offers).apply([stamped(outgoing(productState, product))])
    await stockReader(opened.stores.offers).apply([stamped(outgoing(stockState, level))])
    const compare = async () => {
      const models = laws().readModels.map(async ({ name, type, expected, found }) => {
        const { key, version, data } = type === productState.type ? product : level
        return differences(expected({ key, version, data }), await found()).map(() => name)
      })
      return (await Promise.all(models)).flat()
    }
    expect(await compare()).toEqual([])
    await client().hset(offerKeys.stock, variantId, '9 5')
    await client().hdel(offerKeys.variants, variantId)
    await client().hset(
      offerKeys.products,
      product.key,
      JSON.stringify({ ...product.data, images: [], sold: false, version: 4 }),
    )
    expect((await compare()).toSorted()).toEqual(
      ['cart.known_product in Redis', 'cart.known_stock in Redis', 'cart.known_variant in Redis'].toSorted(),
    )
  })

  test('a message that stays in the outbox is found', async () => {
    const facts = redisCartOutbox(opened.redis)
    expect(await facts.late()).toEqual([])
    expect(await facts.unpublished(cartState.type)).toEqual(new Set([cart.id]))
    expect(await facts.unpublished('cart.Other')).toEqual(new Set())
    const late = { id: newUuid(), type: 'cart.CartState', time: new Date(Date.now() - hour).toISOString() }
    await client().xadd(keysOf(cart.owner).outbox, '*', 'stream', 'state', 'message', JSON.stringify(late))
    expect(await facts.late()).toEqual([{ id: late.id, type: late.type }])
  })
})

function stamped(message: OutgoingMessage): Message {
  const [one] = stampMessages([message], { source: 'test', clock: systemClock, newId: newUuid })
  if (one === undefined) throw new Error('no message')
  return one.message
}
