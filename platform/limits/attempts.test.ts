import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { Attempt, AttemptPolicy } from './attempts.ts'
import { memoryAttempts } from './memory-attempts.ts'

const policy: AttemptPolicy = { free: 3, firstPause: 1_000, longestPause: 5_000, forgottenAfter: 60_000 }
const key = 'ada 203.0.113.7'

// The adapter reads the machine's clock and sets timers by it.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function kinds(attempts: Attempt[]): string {
  return attempts.map(({ kind }) => (kind === 'GRANTED' ? 'g' : '-')).join('')
}

describe('attempts', () => {
  it('are free at first; then each is followed by a pause twice as long, up to the longest', async () => {
    const attempts = memoryAttempts('test', policy)
    for (let count = 1; count <= 4; count += 1) expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count })
    for (const pause of [1_000, 2_000, 4_000, 5_000, 5_000]) {
      expect(await attempts.begin(key)).toEqual({ kind: 'TOO_EARLY', wait: pause })
      vi.advanceTimersByTime(pause - 1)
      expect(await attempts.pauseOf(key)).toBe(1)
      vi.advanceTimersByTime(1)
      expect((await attempts.begin(key)).kind).toBe('GRANTED')
    }
  })

  it('that come all at once get no more than those that come one after the other', async () => {
    const attempts = memoryAttempts('test', policy)
    expect(kinds(await Promise.all(Array.from({ length: 50 }, () => attempts.begin(key))))).toBe(
      `gggg${'-'.repeat(46)}`,
    )
  })

  it('do not lengthen a pause when they come within it', async () => {
    const attempts = memoryAttempts('test', policy)
    for (let turn = 0; turn < 100; turn += 1) await attempts.begin(key)
    vi.advanceTimersByTime(1_000)
    expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count: 5 })
  })

  it('are forgotten together, some time after the first', async () => {
    const attempts = memoryAttempts('test', policy)
    for (let turn = 0; turn < 4; turn += 1) await attempts.begin(key)
    vi.advanceTimersByTime(60_000)
    expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count: 1 })
  })

  it('can be taken back, and forgotten at once', async () => {
    const attempts = memoryAttempts('test', policy)
    for (let turn = 0; turn < 20; turn += 1) {
      expect((await attempts.begin(key)).kind).toBe('GRANTED')
      await attempts.forgive(key)
    }
    for (let turn = 0; turn < 9; turn += 1) await attempts.begin(key)
    await attempts.forget(key)
    expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count: 1 })
  })

  it('are free in a smaller number where the key deserves less', async () => {
    const attempts = memoryAttempts('test', policy)
    expect((await attempts.begin(key, 0)).kind).toBe('GRANTED')
    expect((await attempts.begin(key, 0)).kind).toBe('TOO_EARLY')
    expect((await attempts.begin('somebody else', 0)).kind).toBe('GRANTED')
  })
})
