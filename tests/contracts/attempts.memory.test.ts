import { vi } from 'vitest'

import { memoryAttempts } from '../../platform/limits/memory-attempts.ts'
import { attemptsContract } from './attempts.ts'

attemptsContract('in memory', () => {
  // The adapter reads the machine's clock and sets timers by it.
  vi.useFakeTimers()
  return Promise.resolve({
    limitAttempts: memoryAttempts,
    elapse: (milliseconds) => Promise.resolve(void vi.advanceTimersByTime(milliseconds)),
    close: () => Promise.resolve(void vi.useRealTimers()),
  })
})
