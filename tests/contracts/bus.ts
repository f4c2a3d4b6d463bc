import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Bus, Subscription } from '../../platform/bus/bus.ts'
import { UnparseableMessage, type Message } from '../../platform/bus/message.ts'
import { newUuid } from '../../platform/ids.ts'

/** Short pauses: a test waits for the retries themselves. */
export const testPauses = [20, 40]

export interface BusUnderTest {
  /** A further connection to the same bus, as another process would have. */
  connect(): Promise<Bus>
  /** Ends a connection as `kill -9` would: nothing is handed back. */
  crash(bus: Bus): Promise<void>
  remove(): Promise<void>
}

let version = 0

function message(type: string, subject: string, data: unknown = {}): Message {
  version += 1
  return {
    specversion: '1.0',
    id: newUuid(),
    source: '/souk/test',
    type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    aggregateversion: version,
    data,
  }
}

/** Something that is waited for by name, so that no test sleeps. */
function signal(): { readonly given: Promise<void>; give(): void } {
  let give = () => {}
  const given = new Promise<void>((resolve) => (give = resolve))
  return { given, give: () => give() }
}

/** Collects what a consumer is handed, and tells when there is enough of it. */
function collector() {
  const handled: Message[] = []
  let waiting: { count: number; resolve(): void }[] = []
  return {
    handled,
    data: () => handled.map(({ data }) => data),
    add(...messages: readonly Message[]) {
      handled.push(...messages)
      for (const waiter of waiting.filter(({ count }) => handled.length >= count)) waiter.resolve()
      waiting = waiting.filter(({ count }) => handled.length < count)
    },
    reached: (count: number) =>
      handled.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, resolve: () => resolve() })),
  }
}

/** What every implementation of the bus promises, run against the real thing. */
export function busContract(name: string, create: () => Promise<BusUnderTest>): void {
  describe(`the bus on ${name}`, () => {
    let under: BusUnderTest
    let bus: Bus
    const subscriptions: Subscription[] = []

    beforeEach(async () => {
      under = await create()
      bus = await under.connect()
    })

    afterEach(async () => {
      await Promise.all(subscriptions.splice(0).map((subscription) => subscription.stop()))
      await bus.stop()
      await under.remove()
    })

    async function consume(consumer: Parameters<Bus['consume']>[0], on = bus): Promise<Subscription> {
      const subscription = await on.consume(consumer)
      if (on === bus) subscriptions.push(subscription)
      return subscription
    }

    async function read(reader: Parameters<Bus['readState']>[0]): Promise<Subscription> {
      const subscription = await bus.readState(reader)
      subscriptions.push(subscription)
      return subscription
    }

    describe('a log consumer', () => {
      it('gets each message of its types, with all that was said', async () => {
        const seen = collector()
        await consume({ name: 'a', types: ['test.Wanted'], handle: async (heard) => seen.add(heard) })
        const wanted = message('test.Wanted', 'key', { deep: [1, 'é'] })
        await bus.publish('log', [message('test.Other', 'key'), wanted])
        await seen.reached(1)
        expect(seen.handled).toEqual([wanted])
      })

      it('gets the messages of a key in the order they were said', async () => {
        const seen = collector()
        await consume({ name: 'a', types: ['test.Said'], handle: async (heard) => seen.add(heard) })
        for (let number = 0; number < 20; number += 1) await bus.publish('log', [message('test.Said', 'key', number)])
        await seen.reached(20)
        expect(seen.data()).toEqual(Array.from({ length: 20 }, (_value, number) => number))
      })

      it('gets what was said before it first subscribed', async () => {
        await bus.publish('log', [message('test.Said', 'key', 'early')])
        const seen = collector()
        await consume({ name: 'late', types: ['test.Said'], handle: async (heard) => seen.add(heard) })
        await seen.reached(1)
        expect(seen.data()).toEqual(['early'])
      })

      it('gets what was said while it was away', async () => {
        const first = await consume({ name: 'a', types: ['test.Said'], handle: () => Promise.resolve() })
        await first.stop()
        await bus.publish('log', [message('test.Said', 'key', 'meanwhile')])
        const seen = collector()
        await consume({ name: 'a', types: ['test.Said'], handle: async (heard) => seen.add(heard) })
        await seen.reached(1)
        expect(seen.data()).toEqual(['meanwhile'])
      })

      it('does not get a message that is published twice by its id', async () => {
        const seen = collector()
        const subscription = await consume({
          name: 'a',
          types: ['test.Said'],
          handle: async (heard) => seen.add(heard),
        })
        const once = message('test.Said', 'key')
        await bus.publish('log', [once])
        await bus.publish('log', [once])
        await subscription.caughtUp()
        expect(seen.handled).toHaveLength(1)
      })

      it('shares no message with consumers of another name, and each with those of its own', async () => {
        const [left, right, other] = [collector(), collector(), collector()]
        const second = await under.connect()
        await consume({ name: 'a', types: ['test.Said'], handle: async (heard) => left.add(heard) })
        const elsewhere = await consume(
          { name: 'a', types: ['test.Said'], handle: async (heard) => right.add(heard) },
          second,
        )
        await consume({ name: 'b', types: ['test.Said'], handle: async (heard) => other.add(heard) })
        await bus.publish(
          'log',
          Array.from({ length: 100 }, (_value, number) => message('test.Said', `key ${number}`)),
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
          types: ['test.Said'],
          handle: async (heard) => {
            if (heard.data === 'first' && failures > 0) {
              failures -= 1
              throw new Error('not yet')
            }
            seen.add(heard)
          },
        })
        await bus.publish('log', [message('test.Said', 'key', 'first'), message('test.Said', 'key', 'second')])
        await seen.reached(2)
        expect(seen.data()).toEqual(['first', 'second'])
        expect(failures).toBe(0)
      })

      it('holds up no other key', async () => {
        const seen = collector()
        await consume({
          name: 'a',
          types: ['test.Said'],
          handle: async (heard) => {
            if (heard.subject === 'bad') throw new Error('never')
            seen.add(heard)
          },
        })
        await bus.publish('log', [message('test.Said', 'bad'), message('test.Said', 'good', 'through')])
        await seen.reached(1)
        expect(seen.data()).toEqual(['through'])
      })

      it('makes a dead letter of its message in the end, with the reason, and the key goes on', async () => {
        const seen = collector()
        await consume({
          name: 'a',
          types: ['test.Said'],
          handle: async (heard) => {
            if (heard.data === 'bad') throw new Error('it cannot be')
            seen.add(heard)
          },
        })
        const bad = message('test.Said', 'key', 'bad')
        await bus.publish('log', [bad, message('test.Said', 'key', 'next')])
        await seen.reached(1)
        const letters = await bus.deadLetters({ first: 10 })
        expect(letters).toMatchObject([{ consumer: 'a', message: bad, attempts: 3, error: 'it cannot be' }])
        expect(await bus.countDeadLetters()).toBe(1)
      })

      it('makes a dead letter at once of what cannot be parsed', async () => {
        const seen = collector()
        await consume({
          name: 'a',
          types: ['test.Said'],
          handle: async (heard) => {
            if (heard.data === 'garbled') throw new UnparseableMessage('garbled')
            seen.add(heard)
          },
        })
        await bus.publish('log', [message('test.Said', 'key', 'garbled'), message('test.Said', 'key', 'next')])
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
          types: ['test.Said'],
          handle: async (heard) => {
            if (heard.data === 'bad' && !mended) throw new UnparseableMessage('not yet')
            seen.add(heard)
          },
        })
        await bus.publish('log', [message('test.Said', 'key', 'bad'), message('test.Said', 'key', 'next')])
        await seen.reached(1)
        mended = true
        const [letter] = await bus.deadLetters({ first: 1 })
        expect(await bus.replayDeadLetter(letter?.id ?? '')).toBe(true)
        await seen.reached(2)
        expect(seen.data()).toEqual(['next', 'bad'])
        expect(await bus.countDeadLetters()).toBe(0)
      })

      it('that is not there cannot be replayed', async () => {
        expect(await bus.replayDeadLetter(newUuid())).toBe(false)
      })

      it('is listed newest first, page by page', async () => {
        const subscription = await consume({
          name: 'a',
          types: ['test.Said'],
          handle: () => Promise.reject(new UnparseableMessage('bad')),
        })
        for (const key of ['one', 'two', 'three']) {
          await bus.publish('log', [message('test.Said', key)])
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
          types: ['test.Said'],
          handle: () => {
            taken.give()
            return never.given
          },
        })
        const said = message('test.Said', 'key')
        await bus.publish('log', [said])
        await taken.given
        await under.crash(doomed)
        const survivor = await under.connect()
        const seen = collector()
        const subscription = await survivor.consume({
          name: 'a',
          types: ['test.Said'],
          handle: async (heard) => seen.add(heard),
        })
        await seen.reached(1)
        expect(seen.handled).toEqual([said])
        never.give()
        await subscription.stop()
        await survivor.stop()
      })
    })

    describe('a state reader', () => {
      it('gets the last message of each key, and then what changes', async () => {
        const seen = collector()
        await bus.publish('state', [message('test.State', 'a', 1), message('test.State', 'b', 1)])
        await bus.publish('state', [message('test.State', 'a', 2)])
        const reader = await read({ name: 'r', types: ['test.State'], apply: async (heard) => seen.add(...heard) })
        await reader.caughtUp()
        expect(new Set(seen.handled.map(({ subject, data }) => `${subject}${String(data)}`))).toEqual(
          new Set(['a2', 'b1']),
        )
        await bus.publish('state', [message('test.State', 'c', 1)])
        await seen.reached(3)
        expect(seen.handled.at(-1)?.subject).toBe('c')
      })

      it('never gets an older message over a newer one', async () => {
        const seen = collector()
        const [older, newer] = [message('test.State', 'a', 'older'), message('test.State', 'a', 'newer')]
        await bus.publish('state', [newer])
        await bus.publish('state', [older])
        const reader = await read({ name: 'r', types: ['test.State'], apply: async (heard) => seen.add(...heard) })
        await reader.caughtUp()
        expect(seen.data()).toEqual(['newer'])
      })

      it('gets a thousand keys in few batches', async () => {
        const sizes: number[] = []
        await bus.publish(
          'state',
          Array.from({ length: 1_000 }, (_value, number) => message('test.State', `key ${number}`)),
        )
        const reader = await read({
          name: 'r',
          types: ['test.State'],
          apply: async (heard) => {
            sizes.push(heard.length)
          },
        })
        await reader.caughtUp()
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000)
        expect(sizes.length).toBeLessThan(10)
      })

      it('gets every message but the bad one of a batch, which becomes a dead letter', async () => {
        const seen = collector()
        const reader = await read({
          name: 'r',
          types: ['test.State'],
          apply: async (heard) => {
            if (heard.some(({ data }) => data === 'bad')) throw new UnparseableMessage('bad')
            seen.add(...heard)
          },
        })
        await bus.publish(
          'state',
          ['good', 'bad', 'fine'].map((data) => message('test.State', data, data)),
        )
        await reader.caughtUp()
        expect(new Set(seen.data())).toEqual(new Set(['good', 'fine']))
        expect(await bus.deadLetters({ first: 10 })).toMatchObject([{ consumer: 'r', error: 'bad' }])
      })

      it('gets everything once more when it asks for it', async () => {
        const seen = collector()
        await bus.publish('state', [message('test.State', 'a'), message('test.State', 'b')])
        const reader = await read({ name: 'r', types: ['test.State'], apply: async (heard) => seen.add(...heard) })
        await reader.caughtUp()
        await bus.rereadState('r')
        await seen.reached(4)
        expect(seen.handled.map(({ subject }) => subject).sort()).toEqual(['a', 'a', 'b', 'b'])
      })
    })

    describe('a state watcher', () => {
      it('gets all there is before it is handed out, and then what changes', async () => {
        const seen = collector()
        await bus.publish('state', [message('test.State', 'a'), message('test.State', 'b')])
        const watcher = { types: ['test.State'], apply: (heard: readonly Message[]) => seen.add(...heard) }
        subscriptions.push(await bus.watchState(watcher))
        expect(seen.handled.map(({ subject }) => subject).sort()).toEqual(['a', 'b'])
        await bus.publish('state', [message('test.State', 'c')])
        await seen.reached(3)
        expect(seen.handled.at(-1)?.subject).toBe('c')
      })

      it('gets each key once, however many there are and however they came', async () => {
        const seen = collector()
        const states = Array.from({ length: 2_500 }, (_value, number) => message('test.State', `key ${number}`))
        for (let start = 0; start < states.length; start += 250)
          await bus.publish('state', states.slice(start, start + 250))
        subscriptions.push(await bus.watchState({ types: ['test.State'], apply: (heard) => seen.add(...heard) }))
        expect(seen.handled).toHaveLength(2_500)
      })

      it('gets everything, however many watch', async () => {
        const [left, right] = [collector(), collector()]
        for (const seen of [left, right]) {
          subscriptions.push(await bus.watchState({ types: ['test.State'], apply: (heard) => seen.add(...heard) }))
        }
        await bus.publish('state', [message('test.State', 'a')])
        await Promise.all([left.reached(1), right.reached(1)])
      })
    })
  })
}
