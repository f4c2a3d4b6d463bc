import { describe, expect, it } from 'vitest'

import { natsProgram } from '../../scripts/servers/nats.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { busFixture, collecting, collector, message, signal, type BusUnderTest } from './bus-support.ts'
import { natsUnderTest } from './nats-under-test.ts'
import { postgresUnderTest } from './postgres-under-test.ts'

/** Milliseconds. */
const takenOverWithin = 10_000

function takeoverOn(name: string, create: () => Promise<BusUnderTest>): void {
  describe(`messages that a killed process had in hand, on ${name}`, () => {
    const fixture = busFixture(create)

    it.each([1, 2, 3])('and those behind them are taken over within 10 s (%i)', async () => {
      const [seen, taken, never] = [collector(), signal(), signal()]
      const messages = Array.from({ length: 200 }, (_value, number) => message('test.Event', `key ${number % 50}`))
      const { under, bus } = fixture
      const doomed = await under.connect()
      const hang = () => {
        taken.give()
        return never.given
      }
      await doomed.consume({ name: 'a', types: ['test.Event'], handle: hang })
      await bus.publish('log', messages)
      await taken.given
      await fixture.open(bus.consume({ name: 'a', types: ['test.Event'], handle: collecting(seen) }))
      const from = performance.now()
      await under.crash(doomed)
      await seen.reached(messages.length)
      expect(performance.now() - from).toBeLessThan(takenOverWithin)
      expect(new Set(seen.handled.map(({ id }) => id)).size).toBe(messages.length)
      never.give()
    })
  })
}

takeoverOn('PostgreSQL', postgresUnderTest)
await whereInstalled(natsProgram, () => takeoverOn('NATS', natsUnderTest))
