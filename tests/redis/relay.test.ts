import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import type { Message } from '../../platform/messaging/message.ts'
import { redisOutbox } from '../../platform/redis/outbox.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import { allShards } from '../../subgraphs/cart/stores/redis/keys.ts'
import { firstVersion, next, saveIn } from '../support/carts.ts'
import { startRedisCarts, type StartedRedisCarts } from '../support/redis-carts.ts'
import { whereInstalled } from '../support/where-installed.ts'

await whereInstalled(redisProgram, () => {
  let opened: StartedRedisCarts
  beforeEach(async () => {
    opened = await startRedisCarts()
  })
  afterEach(() => opened.close())

  /** As another replica has it. */
  const another = () => redisOutbox(opened.testRedis.redis, allShards, newUuid)

  /** Cart after cart, each in some versions. */
  async function fill(carts: number, versions: number): Promise<void> {
    for (let count = 0; count < carts; count += 1) {
      let cart = firstVersion()
      for (let turn = 0; turn < versions; turn += 1, cart = next(cart, turn)) await saveIn(opened.stores.carts, cart)
    }
  }

  function collector() {
    const messages: Message[] = []
    const publish: Bus['publish'] = (_stream, more) => Promise.resolve(void messages.push(...more))
    return { messages, publish }
  }

  test('what is published leaves the outbox; what comes meanwhile stays', async () => {
    await fill(3, 2)
    const { messages, publish } = collector()
    const late = firstVersion()
    await opened.stores.storage.outbox.relayBatch(async (stream, more) => {
      await publish(stream, more)
      await saveIn(opened.stores.carts, late)
    })
    expect(messages).toHaveLength(6)
    expect((await opened.published()).map(({ subject }) => subject)).toEqual([late.id])
  })

  test('what cannot be published stays, and the next attempt has it at once', async () => {
    await fill(2, 2)
    const { outbox } = opened.stores.storage
    await expect(outbox.relayBatch(() => Promise.reject(new Error('the bus is away')))).rejects.toThrow(
      'the bus is away',
    )
    const { messages, publish } = collector()
    await another().relayBatch(publish)
    expect(messages).toHaveLength(4)
    expect(await opened.published()).toEqual([])
  })

  test('relays of several replicas publish each message once, in order for a cart', async () => {
    const { messages, publish } = collector()
    let isFull = false
    const relays = [opened.stores.storage.outbox, another(), another()].map(async (outbox) => {
      while ((await outbox.relayBatch(publish)) || !isFull) await pause(1)
    })
    await fill(20, 10)
    isFull = true
    await Promise.all(relays)
    expect(await opened.published()).toEqual([])
    expect(new Set(messages.map(({ id }) => id)).size).toBe(200)
    for (const cart of new Set(messages.map(({ subject }) => subject))) {
      const versions = messages.filter(({ subject }) => subject === cart).map((message) => message.aggregateversion)
      expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    }
  })

  test('what a relay had in hand when it died is published by another soon, under the same ids', async () => {
    await fill(1, 3)
    const dying = collector()
    // It never gets to remove what it has published.
    await new Promise<void>((resolve) => {
      void another().relayBatch(async (stream, more) => {
        await dying.publish(stream, more)
        resolve()
        return new Promise(() => undefined)
      })
    })
    const { messages, publish } = collector()
    const begun = performance.now()
    while (messages.length < 3) {
      await opened.stores.storage.outbox.relayBatch(publish)
      await pause(1)
    }
    expect(performance.now() - begun).toBeLessThan(10_000)
    expect(messages.map(({ id }) => id)).toEqual(dying.messages.map(({ id }) => id))
  })
})
