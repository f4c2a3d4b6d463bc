import { beforeEach, describe, expect, it } from 'vitest'

import type { Bus } from '../../platform/messaging/bus.ts'
import type { Message } from '../../platform/messaging/message.ts'
import { currentTraceparent } from '../../platform/telemetry/trace.ts'
import { traceparentFrom } from '../../platform/telemetry/traceparent.ts'
import { busFixture, collector, message, type BusUnderTest } from './bus-support.ts'

/** Whose trace it is that a message is handled in, on every implementation. */
export function busTracesContract(name: string, create: () => Promise<BusUnderTest>): void {
  describe(`traces over the bus on ${name}`, () => {
    const fixture = busFixture(create)
    let bus: Bus
    beforeEach(() => {
      ;({ bus } = fixture)
    })

    it('a consumer of single messages handles each as part of its trace, however many came together', async () => {
      const published = Array.from({ length: 30 }, (_value, key) => traced('test.Event', `key ${key}`))
      await bus.publish('log', published)
      const [seen, traces] = [collector(), new Map<string, string | undefined>()]
      await fixture.open(
        bus.consume({
          name: 'a',
          types: ['test.Event'],
          async handleOne(received) {
            await Promise.resolve()
            traces.set(received.id, currentTraceparent())
            seen.add(received)
          },
        }),
      )
      await seen.reached(published.length)
      expect(traces).toEqual(new Map(published.map(({ id, traceparent }) => [id, traceparent])))
    })

    it('one that fails is tried again as part of its trace', async () => {
      const [traces, seen] = [[] as unknown[], collector()]
      await fixture.open(
        bus.consume({
          name: 'a',
          types: ['test.Event'],
          async handleOne(received) {
            traces.push(currentTraceparent())
            if (traces.length < 3) throw new Error('not yet')
            seen.add(received)
          },
        }),
      )
      const one = traced('test.Event', 'key')
      await bus.publish('log', [one])
      await seen.reached(1)
      expect(traces).toEqual([one.traceparent, one.traceparent, one.traceparent])
    })

    it('a batch is handled as part of its trace where that is one, and of none where there are several', async () => {
      const batches: { readonly expected: unknown; readonly found: unknown }[] = []
      const seen = collector()
      const note = async (messages: readonly Message[]) => {
        const [first, ...others] = messages
        const isOne = others.every(({ traceparent }) => traceparent === first?.traceparent)
        batches.push({ expected: isOne ? first?.traceparent : undefined, found: currentTraceparent() })
        seen.add(...messages)
      }
      await bus.publish(
        'state',
        ['a', 'b', 'c'].map((key) => traced('test.State', key)),
      )
      await fixture.open(bus.readState({ name: 'r', types: ['test.State'], apply: note }))
      await seen.reached(3)
      await fixture.open(bus.consume({ name: 'c', types: ['test.Event'], handle: note }))
      await bus.publish('log', [traced('test.Event', 'alone')])
      await seen.reached(4)
      await bus.publish('state', [traced('test.State', 'alone')])
      await seen.reached(5)
      expect(batches.slice(-2).map(({ found }) => typeof found)).toEqual(['string', 'string'])
      expect(batches.map(({ found }) => found)).toEqual(batches.map(({ expected }) => expected))
    })
  })
}

function traced(type: string, key: string): Message {
  return { ...message(type, key), traceparent: traceparentFrom(undefined) }
}
