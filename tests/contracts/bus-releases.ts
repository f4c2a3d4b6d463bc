import { beforeEach, describe, expect, it } from 'vitest'

import type { Bus } from '../../platform/messaging/bus.ts'
import { busFixture, collecting, collector, message, type BusUnderTest } from './bus-support.ts'

/** What replicas of two releases may do side by side, on every implementation: the newer one handles a further type. */
export function busReleasesContract(name: string, create: () => Promise<BusUnderTest>): void {
  describe(`two releases of a consumer on the bus on ${name}`, () => {
    const fixture = busFixture(create)
    let bus: Bus
    let under: BusUnderTest
    beforeEach(() => {
      ;({ bus, under } = fixture)
    })

    const further = (count: number) => Array.from({ length: count }, (_value, key) => message('test.Wanted', `${key}`))

    const inEitherOrder = [
      ['older', 'newer'],
      ['newer', 'older'],
    ] as const
    it.each(inEitherOrder)(
      'what only one handles is handled there: first the %s starts, then the %s',
      async (...order) => {
        const [older, newer] = [collector(), collector()]
        const process = await under.connect()
        const starts = {
          older: () => fixture.open(bus.consume({ name: 'a', types: ['test.Event'], handle: collecting(older) })),
          newer: () => process.consume({ name: 'a', types: ['test.Event', 'test.Wanted'], handle: collecting(newer) }),
        }
        for (const release of order) await starts[release]()
        const published = further(40)
        await bus.publish('log', published)
        await newer.reached(published.length)
        expect(new Set(newer.handled.map(({ id }) => id))).toEqual(new Set(published.map(({ id }) => id)))
        expect(older.handled).toEqual([])
        expect(await bus.countDeadLetters()).toBe(0)
        await process.stop()
      },
    )

    it('what came while only the older one ran waits for the newer one', async () => {
      const [older, newer] = [collector(), collector()]
      const process = await under.connect()
      const gone = await process.consume({ name: 'a', types: ['test.Event', 'test.Wanted'], handle: collecting(newer) })
      await gone.stop()
      const running = await fixture.open(bus.consume({ name: 'a', types: ['test.Event'], handle: collecting(older) }))
      const published = further(5)
      await bus.publish('log', [...published, message('test.Event', 'another')])
      await older.reached(1)
      await running.caughtUp()
      await process.consume({ name: 'a', types: ['test.Event', 'test.Wanted'], handle: collecting(newer) })
      await newer.reached(published.length)
      expect(newer.handled).toHaveLength(published.length)
      await process.stop()
    })

    it('what is named as a former type is dropped, and holds up nothing of its key', async () => {
      const before = await bus.consume({
        name: 'a',
        types: ['test.Event', 'test.Wanted'],
        handle: collecting(collector()),
      })
      await before.stop()
      await bus.publish('log', [message('test.Wanted', 'key'), message('test.Event', 'key')])
      const seen = collector()
      const former = { types: ['test.Event'], formerTypes: ['test.Wanted'] }
      const after = await fixture.open(bus.consume({ name: 'a', ...former, handle: collecting(seen) }))
      await bus.publish('log', [message('test.Wanted', 'key'), message('test.Event', 'key')])
      await seen.reached(2)
      await after.caughtUp()
      expect(seen.handled.map(({ type }) => type)).toEqual(['test.Event', 'test.Event'])
      expect(await bus.countDeadLetters()).toBe(0)
    })
  })
}
