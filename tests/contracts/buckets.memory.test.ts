import { expect, it } from 'vitest'

import { memoryBuckets } from '../../platform/limits/memory-buckets.ts'
import { bucketsContract, movedClock } from './buckets.ts'

const { clock, pass } = movedClock()
bucketsContract('in memory', () => ({ limitRate: memoryBuckets(clock), pass }))

it('a clock that is set back by an hour makes nobody wait for an hour', async () => {
  const moved = movedClock()
  const buckets = memoryBuckets(moved.clock)('set back', { capacity: 10, fillsIn: 60_000 })
  await buckets.take('ada', 10)
  await moved.pass(-3_600_000)
  expect((await buckets.take('ada', 1)).wait).toBeLessThanOrEqual(6_000)
})
