import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { BusLaws } from '../../platform/laws/facts.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import { UnparseableMessage } from '../../platform/messaging/message.ts'
import { busFixture, message, signal, type BusUnderTest } from './bus-support.ts'

export interface AuditedBus extends BusUnderTest {
  openLaws(): Promise<BusLaws & { close(): Promise<void> }>
}

/** What every implementation reports of itself to the audit. */
export function busLawsContract(name: string, create: () => Promise<AuditedBus>): void {
  describe(`what the bus on ${name} reports`, () => {
    let audited: AuditedBus
    const fixture = busFixture(async () => (audited = await create()))
    let bus: Bus
    let laws: Awaited<ReturnType<AuditedBus['openLaws']>>
    beforeEach(async () => {
      bus = fixture.bus
      laws = await audited.openLaws()
    })
    afterEach(() => laws.close())

    it('is the newest state of each key', async () => {
      await bus.publish('state', [message('test.State', 'a.b c', 'first'), message('test.State', 'other')])
      const second = message('test.State', 'a.b c', 'second')
      await bus.publish('state', [second])
      const states = await laws.states('test.State')
      expect(states).toHaveLength(2)
      expect(states).toContainEqual({ key: 'a.b c', version: second.aggregateversion, data: 'second' })
    })

    it('is what a reader of state has not been handed', async () => {
      await bus.publish('state', [message('test.State', 'had')])
      const reader = await bus.readState({ name: 'r.states', types: ['test.State'], apply: () => Promise.resolve() })
      await reader.caughtUp()
      await reader.stop()
      expect(await laws.stateOnTheWay('r.states', 'test.State')).toEqual(new Set())
      await bus.publish('state', [message('test.State', 'new.one')])
      expect(await laws.stateOnTheWay('r.states', 'test.State')).toEqual(new Set(['new.one']))
    })

    it('is what a consumer has in hand, and has not had', async () => {
      const [taken, end] = [signal(), signal()]
      const subscription = await fixture.open(
        bus.consume({
          name: 'a',
          types: ['test.Event'],
          async handle(messages) {
            if (messages.every(({ subject }) => subject !== 'slow')) return
            taken.give()
            await end.given
          },
        }),
      )
      await bus.publish('log', [message('test.Event', 'had')])
      await subscription.caughtUp()
      await bus.publish('log', [message('test.Event', 'slow')])
      await taken.given
      expect(await laws.logOnTheWay('a', 'test.Event')).toEqual(new Set(['slow']))
      expect(await laws.logOnTheWay('a', 'test.Other')).toEqual(new Set())
      end.give()
      await subscription.caughtUp()
      expect(await laws.logOnTheWay('a', 'test.Event')).toEqual(new Set())
    })

    it('is nothing of what was published just now, where what is old is asked for', async () => {
      await bus.publish('log', [message('test.Event', 'young')])
      expect(await laws.publishedLongAgo('test.Event')).toEqual(new Set())
    })

    it('is each message that was given up', async () => {
      const verdicts = () => Promise.all(laws.laws.map((law) => law.check()))
      expect((await verdicts()).flatMap(({ violations }) => violations)).toEqual([])
      const subscription = await fixture.open(
        bus.consume({
          name: 'a',
          types: ['test.Event'],
          handle: () => Promise.reject(new UnparseableMessage('garbled')),
        }),
      )
      await bus.publish('log', [message('test.Event', 'bad')])
      await subscription.caughtUp()
      const [violation] = (await verdicts()).flatMap(({ violations }) => violations)
      expect(violation).toMatch(/^a gave up on test\.Event \(dead letter .*\): garbled$/)
    })
  })
}
