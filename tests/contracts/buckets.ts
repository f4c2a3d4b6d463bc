import { describe, expect, it } from 'vitest'

import type { Clock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import type { BucketPolicy, Buckets, LimitRate, Taken } from '../../platform/limits/buckets.ts'

const minute = 60_000
/** One token every 6 seconds: slow enough that none comes while a test runs. */
const policy: BucketPolicy = { capacity: 10, fillsIn: minute }

/** What one has: where time passes when the test says so, or where some of it really passes. */
export interface BucketsUnderTest {
  readonly limitRate: LimitRate
  pass(milliseconds: number): Promise<void>
}

async function takeEach(buckets: Buckets, tokens: readonly number[], key = 'ada'): Promise<Taken[]> {
  const taken: Taken[] = []
  for (const each of tokens) taken.push(await buckets.take(key, each))
  return taken
}

function granted(taken: readonly Taken[]): number {
  return taken.filter((each) => each.granted).length
}

/** What buckets promise, whatever they are kept in. */
export function bucketsContract(what: string, under: () => BucketsUnderTest): void {
  describe(`buckets, ${what}`, () => {
    const named = (name: string = newUuid()) => under().limitRate(name, policy)

    it('are full at first, give tokens until they are empty, and say how long it is until there are enough', async () => {
      const [first, second, third] = await takeEach(named(), [1, 8, 2])
      expect(first).toMatchObject({ granted: true, left: 9, wait: 0 })
      expect(second).toMatchObject({ granted: true, left: 1, wait: 0 })
      expect(third).toMatchObject({ granted: false, left: 1 })
      expect(third?.wait).toBeGreaterThan(5_000)
      expect(third?.wait).toBeLessThanOrEqual(6_000)
      expect(third?.fullIn).toBeGreaterThan(53_000)
      expect(third?.fullIn).toBeLessThanOrEqual(54_000)
    })

    it('fill evenly, and to the brim', async () => {
      const quick = under().limitRate(newUuid(), { capacity: 10, fillsIn: 1_000 })
      await quick.take('ada', 10)
      expect(await quick.take('ada', 10)).toMatchObject({ granted: false, left: 0 })
      await under().pass(250)
      expect((await quick.take('ada', 2)).granted).toBe(true)
      await under().pass(1_200)
      expect(await quick.take('ada', 4)).toMatchObject({ granted: true, left: 6 })
    })

    it('lose nothing to what is refused: who knocks does not wait longer', async () => {
      const buckets = named()
      const [, before, ...more] = await takeEach(buckets, [10, 1, ...Array<number>(50).fill(1)])
      expect(granted(more)).toBe(0)
      expect(more.at(-1)?.wait).toBeLessThanOrEqual(before?.wait ?? 0)
    })

    it('let what costs more than a whole bucket in when they are full', async () => {
      const buckets = named()
      expect(await buckets.take('ada', 500)).toMatchObject({ granted: true, left: 0 })
      expect((await buckets.take('ada', 500)).granted).toBe(false)
    })

    it.each([3, 7, 49, 97])('give each of their tokens, where a fraction of time makes one: %i', async (capacity) => {
      const buckets = under().limitRate(newUuid(), { capacity, fillsIn: minute })
      for (let left = capacity - 1; left >= capacity - 3; left -= 1) {
        expect(await buckets.take('ada', 1)).toMatchObject({ granted: true, left })
      }
      expect((await buckets.take('ada', capacity - 3)).granted).toBe(true)
      expect((await buckets.take('ada', capacity)).granted).toBe(false)
    })

    it('are one for each key and each name', async () => {
      const buckets = named()
      await buckets.take('ada', 10)
      expect(await buckets.take('bob', 1)).toMatchObject({ granted: true, left: 9 })
      expect(await named().take('ada', 1)).toMatchObject({ granted: true, left: 9 })
    })

    it('give what there is and no more to fifty who ask at once', async () => {
      const buckets = named()
      const taken = await Promise.all(Array.from({ length: 50 }, () => buckets.take('ada', 1)))
      expect(granted(taken)).toBe(10)
    })
  })
}

/** A clock that a test moves. */
export function movedClock(): { readonly clock: Clock; pass(milliseconds: number): Promise<void> } {
  let now = Date.parse('2026-03-01T12:00:00Z')
  return {
    clock: () => new Date(now),
    pass(milliseconds) {
      now += milliseconds
      return Promise.resolve()
    },
  }
}
