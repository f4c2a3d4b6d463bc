import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

import { pauseAfter, type Attempt, type LimitAttempts } from './attempts.ts'

/** Attempts counted in this process alone; all is forgotten when it ends. */
export const memoryAttempts: LimitAttempts = (name, policy) => {
  const counted = new RateLimiterMemory({
    keyPrefix: `${name} counted`,
    points: Number.MAX_SAFE_INTEGER,
    duration: policy.forgottenAfter / 1000,
  })
  // A key in a pause has used the one point there is; the pause is the point's own duration.
  const pauses = new RateLimiterMemory({ keyPrefix: `${name} pause`, points: 1, duration: policy.longestPause / 1000 })

  /** Milliseconds left of a pause that is under way, else 0 and a pause begins: one step, so that of many at once one wins. */
  async function beginPause(key: string, pause: number): Promise<number> {
    try {
      await pauses.consume(key, 1, { customDuration: pause / 1000 })
      return 0
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext)
      throw refusal
    }
  }

  return {
    async begin(key, free = policy.free): Promise<Attempt> {
      const { consumedPoints: count } = await counted.penalty(key)
      const pause = pauseAfter(count, { ...policy, free })
      const wait = pause === 0 ? await this.pauseOf(key) : await beginPause(key, pause)
      if (wait === 0) return { kind: 'GRANTED', count }
      await this.forgive(key)
      return { kind: 'TOO_EARLY', wait }
    },
    async pauseOf(key) {
      const pause = await pauses.get(key)
      return pause === null ? 0 : Math.max(0, pause.msBeforeNext)
    },
    async forgive(key) {
      await counted.reward(key)
    },
    async forget(key) {
      await Promise.all([counted.delete(key), pauses.delete(key)])
    },
  }
}
