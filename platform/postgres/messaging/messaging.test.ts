import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { createTestDatabase, type TestDatabase } from '../../../tests/support/postgres.ts'
import { eventually } from '../../../tests/support/shopping.ts'
import { postgresBus } from '../../bus/postgres/bus.ts'
import type { Bus } from '../../messaging/bus.ts'
import type { Contract } from '../../messaging/contract.ts'
import { outgoing, UnparseableMessage, type Message } from '../../messaging/message.ts'
import { systemClock } from '../../clock.ts'
import { newUuid } from '../../ids.ts'
import { createLogger } from '../../telemetry/logging.ts'
import { postgresDatabase, type PostgresDatabase, type Queryable } from '../database.ts'
import { postgresStorage } from '../storage.ts'
import type { Transaction } from '../../messaging/database.ts'
import type { Inbox } from '../../messaging/inbox.ts'
import type { Storage } from '../../subgraph/storage.ts'
import { inTrace } from '../../telemetry/trace.ts'
import { traceparentFrom } from '../../telemetry/traceparent.ts'
import { consumeOnce, on } from '../../messaging/handler.ts'
import { relayOutbox, type OutboxRelay } from '../../messaging/relay.ts'

const greeted: Contract<{ words: string }> = {
  type: 'test.Greeted',
  stream: 'log',
  data: z.object({ words: z.string() }),
}

const log = createLogger('silent')
let busDisk: TestDatabase, disk: TestDatabase
let bus: Bus, database: PostgresDatabase
let storage: Storage<Queryable>, inbox: Inbox<Queryable>
let relay: OutboxRelay | undefined

beforeEach(async () => {
  ;[busDisk, disk] = [await createTestDatabase(), await createTestDatabase()]
  bus = await postgresBus({ connection: busDisk.config, newId: newUuid, log, retryPauses: [10, 10, 10] })
  const stamp = { source: 'test', clock: systemClock, newId: newUuid }
  database = postgresDatabase({ connection: disk.config, poolSize: 6, stamp, log })
  storage = postgresStorage(database, { storeIn: (queryable: Queryable) => queryable })
  if (storage.inbox === undefined) throw new Error('there is no inbox')
  inbox = storage.inbox
  await storage.open()
  await database.query('create table effect (words text not null)')
})
afterEach(async () => {
  await relay?.stop()
  relay = undefined
  await bus.stop()
  await database.close()
  await Promise.all([busDisk.drop(), disk.drop()])
})

const greeting = (words: string, key = 'ada') => outgoing(greeted, { key, version: 1, data: { words } })
const publish = (...words: string[]) =>
  database.transaction(async (transaction) => transaction.publish(...words.map((each) => greeting(each))))

async function outbox(): Promise<Message[]> {
  const { rows } = await database.query<{ message: Message }>('select message from outbox order by position')
  return rows.map(({ message }) => message)
}

async function published(): Promise<unknown[]> {
  const { rows } = await busDisk.pool.query<{ message: Message }>('select message from log order by position')
  return rows.map(({ message }) => message.data)
}

async function effects(): Promise<string[]> {
  const { rows } = await database.query<{ words: string }>('select words from effect')
  return rows.map(({ words }) => words)
}

/** Consumes greetings; a handler that fails has its effect undone. */
function consume(before: (attempt: number) => void = () => undefined) {
  let attempts = 0
  const handler = on(greeted, async ({ data }, transaction: Transaction<Queryable>) => {
    await transaction.store.query('insert into effect values ($1)', [data.words])
    before(++attempts)
  })
  return consumeOnce({ consumer: 'tests', bus, inbox, handlers: [handler] })
}

describe('what a transaction publishes', () => {
  it('is published after it has committed, in the order of its calls', async () => {
    relay = relayOutbox({ outbox: storage.outbox, bus, log })
    const words = Array.from({ length: 30 }, (_, index) => `words ${index}`)
    for (let from = 0; from < 30; from += 10) await publish(...words.slice(from, from + 10))
    await relay.drained()
    expect(await published()).toEqual(words.map((each) => ({ words: each })))
    expect(await outbox()).toEqual([])
  })

  it('is lost with it when it does not commit', async () => {
    relay = relayOutbox({ outbox: storage.outbox, bus, log })
    const failing = database.transaction(async (transaction) => {
      transaction.publish(greeting('never'))
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    await relay.drained()
    expect(await published()).toEqual([])
  })

  it('is held to its contract at once', () => {
    expect(() => outgoing(greeted, { key: 'ada', version: 1, data: JSON.parse('{ "words": 1 }') })).toThrow()
  })

  it('carries who published it, when, and in which trace', async () => {
    const traceparent = traceparentFrom(undefined)
    await inTrace(traceparent, () => publish('hello'))
    const [message] = await outbox()
    expect(message).toMatchObject({
      specversion: '1.0',
      source: '/souk/test',
      type: 'test.Greeted',
      subject: 'ada',
      aggregateversion: 1,
      traceparent,
    })
    expect(Date.parse(message?.time ?? '')).toBeLessThanOrEqual(Date.now())
  })

  it('waits in the outbox for whoever relays next', async () => {
    await publish('hello')
    expect(await outbox()).toHaveLength(1)
    relay = relayOutbox({ outbox: storage.outbox, bus, log })
    await relay.drained()
    expect(await published()).toEqual([{ words: 'hello' }])
  })

  it('that went out before a crash and had not been removed has its effect once', async () => {
    const subscription = await consume()
    await publish('hello')
    await bus.publish('log', await outbox())
    await subscription.caughtUp()
    expect(await effects()).toEqual(['hello'])
    relay = relayOutbox({ outbox: storage.outbox, bus, log })
    await relay.drained()
    await subscription.caughtUp()
    expect(await outbox()).toEqual([])
    expect(await published()).toEqual([{ words: 'hello' }])
    expect(await effects()).toEqual(['hello'])
    await subscription.stop()
  })
})

describe('a message', () => {
  it('delivered once more has its effect once', async () => {
    const subscription = await consume()
    relay = relayOutbox({ outbox: storage.outbox, bus, log })
    await publish('hello', 'you')
    await relay.drained()
    await subscription.caughtUp()
    // The bus has already dropped the first delivery when the second comes.
    await subscription.stop()
    const again = await consume()
    await busDisk.pool.query(`insert into delivery (consumer, position, key) select 'tests', position, key from log`)
    await again.caughtUp()
    expect(await effects()).toEqual(['hello', 'you'])
    await again.stop()
  })

  it('whose handler fails is handled again, and leaves one effect', async () => {
    const subscription = await consume((attempt) => {
      if (attempt <= 2) throw new Error('not now')
    })
    relay = relayOutbox({ outbox: storage.outbox, bus, log })
    await publish('hello')
    await eventually(effects, ({ length }) => length > 0, { what: 'the message has its effect' })
    expect(await effects()).toEqual(['hello'])
    await subscription.stop()
  })

  it('delivered twice in one batch has its effect once', async () => {
    await publish('hello')
    const [message] = await outbox()
    if (message === undefined) throw new Error('the outbox is empty')
    await inbox.handleOnce({ consumer: 'tests', messages: [message, message] }, async (fresh, { store }) => {
      for (const { data } of fresh)
        await store.query('insert into effect values ($1)', [greeted.data.parse(data).words])
    })
    expect(await effects()).toEqual(['hello'])
  })

  it('that is handled together with one that fails has its effect once, and the other none', async () => {
    await database.transaction(async (transaction) => {
      for (const words of ['hello', 'never', 'you', 'there']) transaction.publish(greeting(words, words))
    })
    await bus.publish('log', await outbox())
    const handler = on(greeted, async ({ data }, transaction: Transaction<Queryable>) => {
      if (data.words === 'never') throw new UnparseableMessage('never')
      await transaction.store.query('select pg_sleep(0.01)')
      await transaction.store.query('insert into effect values ($1)', [data.words])
    })
    const subscription = await consumeOnce({ consumer: 'tests', bus, inbox, handlers: [handler] })
    await subscription.caughtUp()
    expect((await effects()).toSorted()).toEqual(['hello', 'there', 'you'])
    expect(await bus.countDeadLetters()).toBe(1)
    await subscription.stop()
  })

  it('that is handled together with one that breaks its contract has its effect once, whole', async () => {
    await database.transaction(async (transaction) => {
      for (const words of ['hello', 'broken']) transaction.publish(greeting(words, words))
    })
    const [whole, broken] = await outbox()
    if (whole === undefined || broken === undefined) throw new Error('the outbox is empty')
    await bus.publish('log', [whole, { ...broken, data: { words: 1 } }])
    const handler = on(greeted, async ({ data }, transaction: Transaction<Queryable>) => {
      await transaction.store.query('select from effect')
      await transaction.store.query('insert into effect values ($1)', [data.words])
      await transaction.store.query('insert into effect values ($1)', [`${data.words} again`])
    })
    const subscription = await consumeOnce({ consumer: 'tests', bus, inbox, handlers: [handler] })
    await subscription.caughtUp()
    expect((await effects()).toSorted()).toEqual(['hello', 'hello again'])
    expect(await bus.countDeadLetters()).toBe(1)
    await subscription.stop()
  })

  it('that breaks its contract becomes a dead letter, and leaves no trace in the inbox', async () => {
    const subscription = await consume()
    await publish('hello')
    const [message] = await outbox()
    if (message === undefined) throw new Error('the outbox is empty')
    await bus.publish('log', [{ ...message, data: { words: 1 } }])
    const letters = await eventually(
      () => bus.deadLetters({ first: 1 }),
      ({ length }) => length === 1,
      { what: 'the message becomes a dead letter' },
    )
    expect(letters[0]).toMatchObject({ consumer: 'tests', attempts: 1 })
    expect((await database.query('select from inbox')).rowCount).toBe(0)
    await subscription.stop()
  })
})
