import { beforeEach, describe, expect, it } from 'vitest'

import type { Bus } from '../../platform/messaging/bus.ts'
import type { Message } from '../../platform/messaging/message.ts'
import { busFixture, collecting, collector, message, type BusFeatures, type BusUnderTest } from './bus-support.ts'

const patience = 60_000

/** What the promises are worth under load, when processes come and go, and when the server dies. */
export function busStressContract(name: string, create: () => Promise<BusUnderTest>, features: BusFeatures): void {
  describe(`the bus on ${name} under stress`, { timeout: patience }, () => {
    const fixture = busFixture(create)
    let bus: Bus
    let under: BusUnderTest
    beforeEach(() => {
      ;({ bus, under } = fixture)
    })

    it('hands each of 5,000 messages to one of 50 subscribers, those of a key in order', async () => {
      const seen = collector()
      const processes = [bus, ...(await severally(4, () => under.connect()))]
      const subscriptions = await severally(50, (number) =>
        at(processes, number).consume({ name: 'a', types: ['test.Event'], handle: collecting(seen) }),
      )
      const messages = numbered(5_000, { keys: 200 })
      await publishInBatches(bus, messages)
      await seen.reached(messages.length)
      await Promise.all(subscriptions.map((subscription) => subscription.stop()))
      await Promise.all(processes.slice(1).map((process) => process.stop()))
      expect(seen.handled).toHaveLength(messages.length)
      expect(new Set(seen.handled.map(({ id }) => id)).size).toBe(messages.length)
      expect(outOfOrder(seen.handled)).toEqual([])
    })

    it.each([1, 2, 3])('keeps the order of a key while handlers fail and processes come and go (%i)', async () => {
      const seen = collector()
      const failed = new Set<string>()
      const handle = collecting(seen, ({ id, data }) => {
        if (Number(data) % 7 !== 0 || failed.has(id)) return
        failed.add(id)
        throw new Error('not yet')
      })
      const messages = numbered(600, { keys: 30 })
      const join = async () => {
        const process = await under.connect()
        return { process, subscription: await process.consume({ name: 'a', types: ['test.Event'], handle }) }
      }
      let present = await severally(2, join)
      const publishing = publishInBatches(bus, messages)
      for (let change = 0; change < 4; change += 1) {
        await seen.reached((change + 1) * 100)
        const [leaving, ...staying] = present
        present = [...staying, await join()]
        await leaving?.subscription.stop()
        await leaving?.process.stop()
      }
      await publishing
      await seen.reached(messages.length)
      await Promise.all(present.map(({ subscription }) => subscription.stop()))
      await Promise.all(present.map(({ process }) => process.stop()))
      expect(seen.handled).toHaveLength(messages.length)
      expect(outOfOrder(seen.handled)).toEqual([])
      expect(await bus.countDeadLetters()).toBe(0)
    })

    if (!features.serverCrashes) return

    it('loses nothing it acknowledged when its server is killed', async () => {
      const seen = collector()
      const had = new Set<string>()
      await fixture.open(
        bus.consume({
          name: 'a',
          types: ['test.Event'],
          // As an inbox does: a repeat has no effect.
          handle: async (messages) => {
            const fresh = messages.filter(({ id }) => !had.has(id))
            for (const { id } of fresh) had.add(id)
            seen.add(...fresh)
          },
        }),
      )
      const messages = numbered(3_000, { keys: 100 })
      const publishing = publishInBatches(bus, messages)
      for (const count of [300, 1_200, 2_100]) {
        await seen.reached(count)
        await under.crashServer?.()
      }
      await publishing
      await seen.reached(messages.length)
      expect(seen.handled.map(({ id }) => id).sort()).toEqual(messages.map(({ id }) => id).sort())
      expect(outOfOrder(seen.handled)).toEqual([])
    })

    it('has the newest state of each key when its server is killed', async () => {
      const watched = new Map<string, unknown>()
      await fixture.open(
        bus.watchState({
          types: ['test.State'],
          apply: (states) => states.forEach(({ subject, data }) => watched.set(subject, data)),
        }),
      )
      const newest = new Map<string, unknown>()
      for (let round = 0; round < 6; round += 1) {
        const states = Array.from({ length: 200 }, (_value, key) => message('test.State', `key ${key}`, round))
        const publishing = bus.publish('state', states)
        if (round % 2 === 1) await under.crashServer?.()
        await publishing
        for (const { subject, data } of states) newest.set(subject, data)
      }
      const read = new Map<string, unknown>()
      const reader = await fixture.open(
        bus.readState({
          name: 'r',
          types: ['test.State'],
          apply: async (states) => states.forEach(({ subject, data }) => read.set(subject, data)),
        }),
      )
      await reader.caughtUp()
      expect(read).toEqual(newest)
      await expect.poll(() => watched).toEqual(newest)
    })
  })
}

/** Numbered through, their keys taken in turn. */
function numbered(count: number, { keys }: { keys: number }): readonly Message[] {
  return Array.from({ length: count }, (_value, number) => message('test.Event', `key ${number % keys}`, number))
}

async function publishInBatches(bus: Bus, messages: readonly Message[]): Promise<void> {
  for (let start = 0; start < messages.length; start += 100)
    await bus.publish('log', messages.slice(start, start + 100))
}

/** Messages that came before one of their key that was published earlier. */
function outOfOrder(handled: readonly Message[]): Message[] {
  const newest = new Map<string, number>()
  return handled.filter(({ subject, data }) => {
    const number = Number(data)
    const isLate = number < (newest.get(subject) ?? -1)
    newest.set(subject, Math.max(number, newest.get(subject) ?? -1))
    return isLate
  })
}

function severally<Result>(count: number, make: (number: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_value, number) => make(number)))
}

function at<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length]
  if (item === undefined) throw new Error('there is at least one')
  return item
}
