import { beforeEach, describe, expect, it } from 'vitest'

import type { Bus, Consumer, Subscription } from '../../platform/messaging/bus.ts'
import { StoreUnavailable } from '../../platform/errors.ts'
import { UnparseableMessage } from '../../platform/messaging/message.ts'
import { newUuid } from '../../platform/ids.ts'
import { busFixture, collecting, collector, message, signal, type BusUnderTest } from './bus-support.ts'

/** What every implementation promises of the log, run against the real thing. */
export function busLogContract(name: string, create: () => Promise<BusUnderTest>): void {
  describe(`the log of the bus on ${name}`, () => {
    const fixture = busFixture(create)
    let bus: Bus
    let under: BusUnderTest
    const subscriptions = fixture.opened
    beforeEach(() => {
      ;({ bus, under } = fixture)
    })

    async function consume(consumer: Consumer, on = bus): Promise<Subscription> {
      return on === bus ? fixture.open(bus.consume(consumer)) : on.consume(consumer)
    }

    describe('a log consumer', () => {
      it('gets each message of its types, with everything that was published', async () => {
        const seen = collector()
        await consume({ name: 'a', types: ['test.Wanted'], handle: collecting(seen) })
        const wanted = message('test.Wanted', 'key', { deep: [1, 'é'] })
        await bus.publish('log', [message('test.Other', 'key'), wanted])
        await seen.reached(1)
        expect(seen.handled).toEqual([wanted])
      })

      it('gets the messages of a key in the order they were published', async () => {
        const seen = collector()
        await consume({ name: 'a', types: ['test.Event'], handle: collecting(seen) })
        for (let number = 0; number < 20; number += 1) await bus.publish('log', [message('test.Event', 'key', number)])
        await seen.reached(20)
        expect(seen.data()).toEqual(Array.from({ length: 20 }, (_value, number) => number))
      })

      it('gets what was published before it first subscribed', async () => {
        await bus.publish('log', [message('test.Event', 'key', 'early')])
        const seen = collector()
        await consume({ name: 'late', types: ['test.Event'], handle: collecting(seen) })
        await seen.reached(1)
        expect(seen.data()).toEqual(['early'])
      })

      it('gets what was published while it was away', async () => {
        const first = await consume({ name: 'a', types: ['test.Event'], handle: () => Promise.resolve() })
        await first.stop()
        await bus.publish('log', [message('test.Event', 'key', 'meanwhile')])
        const seen = collector()
        await consume({ name: 'a', types: ['test.Event'], handle: collecting(seen) })
        await seen.reached(1)
        expect(seen.data()).toEqual(['meanwhile'])
      })

      it('does not get a message that is published twice by its id', async () => {
        const seen = collector()
        const subscription = await consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen),
        })
        const once = message('test.Event', 'key')
        await bus.publish('log', [once])
        await bus.publish('log', [once])
        await subscription.caughtUp()
        expect(seen.handled).toHaveLength(1)
      })

      it('shares no message with consumers of another name, and each with those of its own', async () => {
        const [left, right, other] = [collector(), collector(), collector()]
        const second = await under.connect()
        await consume({ name: 'a', types: ['test.Event'], handle: collecting(left) })
        const elsewhere = await consume({ name: 'a', types: ['test.Event'], handle: collecting(right) }, second)
        await consume({ name: 'b', types: ['test.Event'], handle: collecting(other) })
        await bus.publish(
          'log',
          Array.from({ length: 100 }, (_value, number) => message('test.Event', `key ${number}`)),
        )
        await other.reached(100)
        await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()))
        await elsewhere.caughtUp()
        const ids = new Set([...left.handled, ...right.handled].map(({ id }) => id))
        expect(ids.size).toBe(100)
        expect(left.handled.length + right.handled.length).toBe(100)
        await elsewhere.stop()
        await second.stop()
      })
    })

    describe('a handler that fails', () => {
      it('is tried again, and the messages behind it of the same key wait', async () => {
        const seen = collector()
        let failures = 2
        await consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen, (received) => {
            if (received.data === 'first' && failures > 0) {
              failures -= 1
              throw new Error('not yet')
            }
          }),
        })
        await bus.publish('log', [message('test.Event', 'key', 'first'), message('test.Event', 'key', 'second')])
        await seen.reached(2)
        expect(seen.data()).toEqual(['first', 'second'])
        expect(failures).toBe(0)
      })

      it('holds up no other key', async () => {
        const seen = collector()
        await consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen, (received) => {
            if (received.subject === 'bad') throw new Error('never')
          }),
        })
        await bus.publish('log', [message('test.Event', 'bad'), message('test.Event', 'good', 'through')])
        await seen.reached(1)
        expect(seen.data()).toEqual(['through'])
      })

      it('makes a dead letter of its message in the end, with the reason, and the key goes on', async () => {
        const seen = collector()
        await consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen, (received) => {
            if (received.data === 'bad') throw new Error('it cannot be')
          }),
        })
        const bad = message('test.Event', 'key', 'bad')
        await bus.publish('log', [bad, message('test.Event', 'key', 'next')])
        await seen.reached(1)
        const letters = await bus.deadLetters({ first: 10 })
        expect(letters).toMatchObject([{ consumer: 'a', message: bad, attempts: 3, error: 'it cannot be' }])
        expect(await bus.countDeadLetters()).toBe(1)
      })

      it('is tried until its store is back, however long that takes, and has an attempt left then', async () => {
        const seen = collector()
        const failures = [...Array<Error>(4).fill(new StoreUnavailable({ cause: 'away' })), new Error('once')]
        await consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen, () => {
            const failure = failures.shift()
            if (failure !== undefined) throw failure
          }),
        })
        await bus.publish('log', [message('test.Event', 'key', 'kept')])
        await seen.reached(1)
        expect(seen.data()).toEqual(['kept'])
        expect(await bus.countDeadLetters()).toBe(0)
      })

      it('makes a dead letter at once of what cannot be parsed', async () => {
        const seen = collector()
        await consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen, (received) => {
            if (received.data === 'garbled') throw new UnparseableMessage('garbled')
          }),
        })
        await bus.publish('log', [message('test.Event', 'key', 'garbled'), message('test.Event', 'key', 'next')])
        await seen.reached(1)
        expect(await bus.deadLetters({ first: 10 })).toMatchObject([{ attempts: 1, error: 'garbled' }])
      })
    })

    describe('a dead letter', () => {
      it('is handed to its consumer once more when replayed', async () => {
        const seen = collector()
        let mended = false
        await consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen, (received) => {
            if (received.data === 'bad' && !mended) throw new UnparseableMessage('not yet')
          }),
        })
        await bus.publish('log', [message('test.Event', 'key', 'bad'), message('test.Event', 'key', 'next')])
        await seen.reached(1)
        mended = true
        const [letter] = await bus.deadLetters({ first: 1 })
        expect(await bus.replayDeadLetter(letter?.id ?? '')).toBe(true)
        await seen.reached(2)
        expect(seen.data()).toEqual(['next', 'bad'])
        expect(await bus.countDeadLetters()).toBe(0)
      })

      it('that fails again at once is there again, however often it is replayed', async () => {
        let attempts = 0
        await consume({
          name: 'a',
          types: ['test.Event'],
          handle() {
            attempts += 1
            return Promise.reject(new UnparseableMessage(`attempt ${attempts}`))
          },
        })
        await bus.publish('log', [message('test.Event', 'key')])
        const letters = () => bus.deadLetters({ first: 10 })
        for (let replays = 0; replays < 20; replays += 1) {
          await expect.poll(letters).toMatchObject([{ error: `attempt ${replays + 1}` }])
          const [letter] = await letters()
          expect(await bus.replayDeadLetter(letter?.id ?? '')).toBe(true)
        }
        await expect.poll(letters).toMatchObject([{ error: 'attempt 21' }])
      })

      it('that is not there cannot be replayed', async () => {
        expect(await bus.replayDeadLetter(newUuid())).toBe(false)
      })

      it('is listed newest first, page by page', async () => {
        const subscription = await consume({
          name: 'a',
          types: ['test.Event'],
          handle: () => Promise.reject(new UnparseableMessage('bad')),
        })
        for (const key of ['one', 'two', 'three']) {
          await bus.publish('log', [message('test.Event', key)])
          await subscription.caughtUp()
        }
        const first = await bus.deadLetters({ first: 2 })
        const rest = await bus.deadLetters({ first: 2, after: first[1] })
        const keys = [...first, ...rest].map((letter) => letter.message.subject)
        expect(keys).toEqual(['three', 'two', 'one'])
      })
    })

    describe('a process that is killed', () => {
      it('leaves what it had in hand to the others', async () => {
        const [taken, never] = [signal(), signal()]
        const doomed = await under.connect()
        await doomed.consume({
          name: 'a',
          types: ['test.Event'],
          handle: () => {
            taken.give()
            return never.given
          },
        })
        const published = message('test.Event', 'key')
        await bus.publish('log', [published])
        await taken.given
        await under.crash(doomed)
        const survivor = await under.connect()
        const seen = collector()
        const subscription = await survivor.consume({
          name: 'a',
          types: ['test.Event'],
          handle: collecting(seen),
        })
        await seen.reached(1)
        expect(seen.handled).toEqual([published])
        never.give()
        await subscription.stop()
        await survivor.stop()
      })
    })
  })
}
