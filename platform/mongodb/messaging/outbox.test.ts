import { describe, expect, test, vi } from 'vitest'

import { mongoProgram } from '../../../scripts/servers/mongodb.ts'
import { dropMongoDatabase, mongoForTests } from '../../../tests/support/mongodb.ts'
import { whereInstalled } from '../../../tests/support/where-installed.ts'
import type { Bus } from '../../messaging/bus.ts'
import type { MongoDatabase } from '../database.ts'
import { declareSchema } from '../schema.ts'
import { outboxIndex, outboxSchema, type WithOutbox } from './entries.ts'
import { documentOutbox } from './outbox.ts'
import { inRelayTurn, type TurnDocument } from './relay-turn.ts'

const things = 'things'
const schema = {
  version: 1,
  collections: [
    {
      name: things,
      validator: { bsonType: 'object', properties: { outbox: outboxSchema } },
      indexes: [outboxIndex],
    },
  ],
}

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()

  async function opened<Result>(work: (database: MongoDatabase) => Promise<Result>): Promise<Result> {
    const database = mongo.database()
    await declareSchema(database.db, schema)
    try {
      return await work(database)
    } finally {
      await dropMongoDatabase(database)
    }
  }

  /** One change of a thing, with the message about it. */
  async function change(database: MongoDatabase, key: string, version: number): Promise<void> {
    const entries = database.stamp([{ type: 'test.Changed', stream: 'log', key, version, data: {} }])
    await database
      .collection<WithOutbox>(things)
      .updateOne({ _id: key }, { $push: { outbox: { $each: entries } } }, { upsert: true })
    database.outgoing()
  }

  /** A bus that keeps what it has been given, and what was given under ids that it had. */
  function recorder() {
    const published: string[] = []
    const ids = new Set<string>()
    const repeated: string[] = []
    const publish: Bus['publish'] = (_stream, messages) => {
      for (const { id, subject, aggregateversion } of messages) {
        if (ids.has(id)) repeated.push(`${subject} ${aggregateversion}`)
        else published.push(`${subject} ${aggregateversion}`)
        ids.add(id)
      }
      return Promise.resolve()
    }
    return { published, repeated, publish }
  }

  describe('the outbox in documents', () => {
    test('goes out oldest first, and then is empty', () =>
      opened(async (database) => {
        for (const [key, version] of [
          ['b', 1],
          ['a', 1],
          ['b', 2],
        ] as const)
          await change(database, key, version)
        const outbox = documentOutbox(database, things)
        const { published, publish } = recorder()
        expect(await outbox.relayBatch(publish)).toBe(false)
        expect(published).toEqual(['b 1', 'b 2', 'a 1'])
        expect(await outbox.relayBatch(() => Promise.reject(new Error('there is nothing')))).toBe(false)
      }))

    test('keeps what cannot be published, and publishes it later under the same id', () =>
      opened(async (database) => {
        await change(database, 'a', 1)
        const outbox = documentOutbox(database, things)
        const { published, repeated, publish } = recorder()
        // Published, and then gone before it could be removed.
        const crash: Bus['publish'] = async (...given) => {
          await publish(...given)
          throw new Error('gone')
        }
        await expect(outbox.relayBatch(crash)).rejects.toThrow('gone')
        await outbox.relayBatch(publish)
        expect([published, repeated]).toEqual([['a 1'], ['a 1']])
        expect(await outbox.relayBatch(() => Promise.reject(new Error('there is nothing')))).toBe(false)
      }))

    test('keeps what is put in while it is published', () =>
      opened(async (database) => {
        await change(database, 'a', 1)
        const outbox = documentOutbox(database, things)
        const { published, repeated, publish } = recorder()
        await outbox.relayBatch(async (...given) => {
          await change(database, 'a', 2)
          await publish(...given)
        })
        await outbox.relayBatch(publish)
        expect([published, repeated]).toEqual([['a 1', 'a 2'], []])
      }))

    test('is relayed by one replica at a time, in order for each key, and nothing twice', () =>
      opened(async (database) => {
        const outboxes = Array.from({ length: 4 }, () => documentOutbox(database, things))
        const { published, repeated, publish } = recorder()
        const counter = { inHand: 0 }
        const alone: Bus['publish'] = async (...given) => {
          counter.inHand += 1
          expect(counter.inHand).toBe(1)
          await publish(...given)
          counter.inHand -= 1
        }
        const keys = ['a', 'b', 'c']
        for (let version = 1; version <= 5; version += 1) {
          await Promise.all(keys.map((key) => change(database, key, version)))
          await Promise.all(outboxes.map((outbox) => outbox.relayBatch(alone)))
        }
        expect(repeated).toEqual([])
        for (const key of keys) {
          expect(published.filter((one) => one.startsWith(key))).toEqual([1, 2, 3, 4, 5].map((at) => `${key} ${at}`))
        }
      }))

    test('wakes whoever relays it', () =>
      opened(async (database) => {
        const outbox = documentOutbox(database, things)
        const woken: string[] = []
        const stop = outbox.onFilled(() => woken.push('woken'))
        await change(database, 'a', 1)
        stop()
        await change(database, 'a', 2)
        expect(woken).toEqual(['woken'])
      }))
  })

  describe('a turn to relay', () => {
    const turnsOf = (database: MongoDatabase) => database.collection<TurnDocument>('relayTurns')

    test('is taken over from who has died in it', () =>
      opened(async (database) => {
        const turns = turnsOf(database)
        await turns.insertOne({ _id: things, isHeld: true, turn: 7, beat: 3 })
        await expect(
          inRelayTurn({ turns, outbox: things, patience: 1_000 }, () => Promise.resolve('mine')),
        ).resolves.toBe('mine')
        expect(await turns.findOne({ _id: things })).toEqual({ _id: things, isHeld: false, turn: 8, beat: 3 })
      }))

    test('of who has died goes to one of those who wait for it, and then to the next', () =>
      opened(async (database) => {
        const turns = turnsOf(database)
        await turns.insertOne({ _id: things, isHeld: true, turn: 0, beat: 0 })
        const counter = { inHand: 0, most: 0 }
        const work = async () => {
          counter.inHand += 1
          counter.most = Math.max(counter.most, counter.inHand)
          await turns.findOne({ _id: things })
          counter.inHand -= 1
        }
        await Promise.all([1, 2, 3, 4].map(() => inRelayTurn({ turns, outbox: things, patience: 1_000 }, work)))
        expect(counter.most).toBe(1)
        expect(await turns.findOne({ _id: things })).toMatchObject({ isHeld: false, turn: 4 })
      }))

    test('is not waited for any longer where its holder does not end', () =>
      opened(async (database) => {
        const turns = turnsOf(database)
        let end: () => void = () => undefined
        const ended = new Promise<void>((resolve) => (end = resolve))
        let tellBegan: () => void = () => undefined
        const began = new Promise<void>((resolve) => (tellBegan = resolve))
        const patience = 1_000
        const holder = inRelayTurn({ turns, outbox: things, patience }, () => {
          tellBegan()
          return ended
        })
        await began
        const looks = vi.spyOn(turns, 'findOneAndUpdate')
        const waiting = inRelayTurn({ turns, outbox: things, patience }, () => Promise.resolve())
        await expect(waiting).rejects.toThrow('the relay of another replica is at work')
        // In 4 seconds; were it in a hurry all the time, they would be hundreds.
        expect(looks.mock.calls.length).toBeLessThan(60)
        end()
        await holder
      }))

    test('is left to who is slow, and alive', () =>
      opened(async (database) => {
        const turns = turnsOf(database)
        const order: string[] = []
        const patience = 1_000
        let tellBegan: () => void = () => undefined
        const began = new Promise<void>((resolve) => (tellBegan = resolve))
        const slow = inRelayTurn({ turns, outbox: things, patience }, async () => {
          tellBegan()
          // Longer than the patience, by what the holder itself shows.
          while (((await turns.findOne({ _id: things }))?.beat ?? 0) < 8) order.splice(0)
          order.push('slow')
        })
        await began
        const other = inRelayTurn({ turns, outbox: things, patience }, () => Promise.resolve(order.push('other')))
        await Promise.all([slow, other])
        expect(order).toEqual(['slow', 'other'])
      }))
  })
})
