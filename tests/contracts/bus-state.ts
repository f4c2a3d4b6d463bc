import { beforeEach, describe, expect, it } from 'vitest'

import type { Bus, StateReader } from '../../platform/messaging/bus.ts'
import { UnparseableMessage, type Message } from '../../platform/messaging/message.ts'
import { busFixture, collector, message, type BusUnderTest } from './bus-support.ts'

/** What every implementation promises of state, run against the real thing. */
export function busStateContract(name: string, create: () => Promise<BusUnderTest>): void {
  describe(`the state on the bus on ${name}`, () => {
    const fixture = busFixture(create)
    let bus: Bus
    beforeEach(() => {
      ;({ bus } = fixture)
    })

    const read = (reader: StateReader) => fixture.open(bus.readState(reader))

    describe('a state reader', () => {
      it('gets the last message of each key, and then what changes', async () => {
        const seen = collector()
        await bus.publish('state', [message('test.State', 'a', 1), message('test.State', 'b', 1)])
        await bus.publish('state', [message('test.State', 'a', 2)])
        const reader = await read({
          name: 'r',
          types: ['test.State'],
          apply: async (messages) => seen.add(...messages),
        })
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
        const reader = await read({
          name: 'r',
          types: ['test.State'],
          apply: async (messages) => seen.add(...messages),
        })
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
          apply: async (messages) => {
            sizes.push(messages.length)
          },
        })
        await reader.caughtUp()
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000)
        expect(sizes.length).toBeLessThan(10)
      })

      it('gets no key twice at once, however often it changed while the reader lingered', async () => {
        const batches: (readonly Message[])[] = []
        const changed = collector()
        await read({
          name: 'r',
          types: ['test.State'],
          linger: 200,
          apply: async (messages) => {
            batches.push(messages)
            changed.add(...messages.filter(({ data }) => data === 'last'))
          },
        })
        for (const data of ['first', 'second', 'last']) await bus.publish('state', [message('test.State', 'a', data)])
        await changed.reached(1)
        const keys = batches.map((messages) => messages.map(({ subject }) => subject))
        expect(keys.every((batch) => new Set(batch).size === batch.length)).toBe(true)
      })

      it('gets every message but the bad one of a batch, which becomes a dead letter', async () => {
        const seen = collector()
        const reader = await read({
          name: 'r',
          types: ['test.State'],
          apply: async (messages) => {
            if (messages.some(({ data }) => data === 'bad')) throw new UnparseableMessage('bad')
            seen.add(...messages)
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

      it('gets the newest state of a key whose dead letter is replayed', async () => {
        const seen = collector()
        let mended = false
        const reader = await read({
          name: 'r',
          types: ['test.State'],
          apply: async (messages) => {
            if (!mended) throw new UnparseableMessage('not yet')
            seen.add(...messages)
          },
        })
        await bus.publish('state', [message('test.State', 'key', 'old')])
        await reader.caughtUp()
        await bus.publish('state', [message('test.State', 'key', 'new')])
        await reader.caughtUp()
        mended = true
        const letters = await bus.deadLetters({ first: 10 })
        for (const { id } of letters) expect(await bus.replayDeadLetter(id)).toBe(true)
        await seen.reached(1)
        await reader.caughtUp()
        expect(new Set(seen.data())).toEqual(new Set(['new']))
        expect(await bus.countDeadLetters()).toBe(0)
      })

      it('gets everything once more when it asks for it', async () => {
        const seen = collector()
        await bus.publish('state', [message('test.State', 'a'), message('test.State', 'b')])
        const reader = await read({
          name: 'r',
          types: ['test.State'],
          apply: async (messages) => seen.add(...messages),
        })
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
        const watcher = { types: ['test.State'], apply: (messages: readonly Message[]) => seen.add(...messages) }
        await fixture.open(bus.watchState(watcher))
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
        await fixture.open(bus.watchState({ types: ['test.State'], apply: (messages) => seen.add(...messages) }))
        expect(seen.handled).toHaveLength(2_500)
      })

      it('is told that it follows, when it has all there is', async () => {
        const seen = collector()
        const told: [boolean, number][] = []
        await bus.publish('state', [message('test.State', 'a'), message('test.State', 'b')])
        await fixture.open(
          bus.watchState({
            types: ['test.State'],
            apply: (messages) => seen.add(...messages),
            follows: (isFollowing) => told.push([isFollowing, seen.handled.length]),
          }),
        )
        await expect.poll(() => told.at(-1)).toEqual([true, 2])
      })

      it('gets everything, however many watch', async () => {
        const [left, right] = [collector(), collector()]
        for (const seen of [left, right]) {
          await fixture.open(bus.watchState({ types: ['test.State'], apply: (messages) => seen.add(...messages) }))
        }
        await bus.publish('state', [message('test.State', 'a')])
        await Promise.all([left.reached(1), right.reached(1)])
      })
    })
  })
}
