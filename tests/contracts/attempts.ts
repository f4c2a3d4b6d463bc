import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import type { Attempt, AttemptPolicy, LimitAttempts } from '../../platform/limits/attempts.ts'

export interface OpenedAttempts {
  readonly limitAttempts: LimitAttempts
  /** Lets so many milliseconds pass for what is counted. */
  elapse(milliseconds: number): Promise<void>
  close(): Promise<void>
}

const policy: AttemptPolicy = { free: 3, firstPause: 60_000, longestPause: 300_000, forgottenAfter: 3_600_000 }
const key = 'ada 203.0.113.7'
/** Milliseconds that a test may take beside what it lets pass. */
const tolerance = 20_000

function kinds(attempts: readonly Attempt[]): string {
  return attempts.map(({ kind }) => (kind === 'GRANTED' ? 'g' : '-')).join('')
}

/** What every counter of attempts must do, wherever it counts. */
export function attemptsContract(name: string, open: () => Promise<OpenedAttempts>): void {
  describe(`${name}: attempts`, () => {
    let opened: OpenedAttempts
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    const fresh = () => opened.limitAttempts(newUuid(), policy)

    it('are free at first; then each is followed by a pause twice as long, up to the longest', async () => {
      const attempts = fresh()
      for (let count = 1; count <= 4; count += 1) expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count })
      for (const pause of [60_000, 120_000, 240_000, 300_000, 300_000]) {
        const refused = await attempts.begin(key)
        const wait = refused.kind === 'TOO_EARLY' ? refused.wait : 0
        expect(wait).toBeLessThanOrEqual(pause)
        expect(wait).toBeGreaterThan(pause - tolerance)
        await opened.elapse(pause - tolerance)
        expect(await attempts.pauseOf(key)).toBeLessThanOrEqual(tolerance)
        await opened.elapse(tolerance)
        expect(await attempts.pauseOf(key)).toBe(0)
        expect((await attempts.begin(key)).kind).toBe('GRANTED')
      }
    })

    it('that come all at once get no more than those that come one after the other', async () => {
      const attempts = fresh()
      const all = await Promise.all(Array.from({ length: 50 }, () => attempts.begin(key)))
      expect(kinds(all).replaceAll('-', '')).toBe('gggg')
    })

    it('do not lengthen a pause when they come within it', async () => {
      const attempts = fresh()
      for (let turn = 0; turn < 100; turn += 1) await attempts.begin(key)
      await opened.elapse(policy.firstPause)
      expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count: 5 })
    })

    it('are forgotten together, some time after the first', async () => {
      const attempts = fresh()
      for (let turn = 0; turn < 4; turn += 1) await attempts.begin(key)
      await opened.elapse(policy.forgottenAfter)
      expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count: 1 })
    })

    it('can be taken back, and forgotten at once', async () => {
      const attempts = fresh()
      for (let turn = 0; turn < 20; turn += 1) {
        expect((await attempts.begin(key)).kind).toBe('GRANTED')
        await attempts.forgive(key)
      }
      for (let turn = 0; turn < 9; turn += 1) await attempts.begin(key)
      await attempts.forget(key)
      expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count: 1 })
    })

    it('are free in a smaller number where the key deserves less', async () => {
      const attempts = fresh()
      expect((await attempts.begin(key, 0)).kind).toBe('GRANTED')
      expect((await attempts.begin(key, 0)).kind).toBe('TOO_EARLY')
      expect((await attempts.begin('somebody else', 0)).kind).toBe('GRANTED')
    })
  })
}
