import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'

import { pauseAfter, type Attempt, type AttemptPolicy, type Attempts } from './attempts.ts'

export interface Counters {
  /** Of the attempts of a key; it refuses none. */
  readonly counted: RateLimiterAbstract
  /** A key in a pause has used the one point there is; the pause is the point's own duration. */
  readonly pauses: RateLimiterAbstract
}

/** How the two counters of a policy are made: the counter on Redis knows whole seconds only, so each does. */
export function counterOptions(name: string, policy: AttemptPolicy) {
  return {
    counted: {
      keyPrefix: `${name} counted`,
      points: Number.MAX_SAFE_INTEGER,
      duration: wholeSeconds(policy.forgottenAfter),
    },
    pauses: { keyPrefix: `${name} pause`, points: 1, duration: wholeSeconds(policy.longestPause) },
  }
}

/** Attempts by two counters, wherever those count. */
export function countedAttempts({ counted, pauses }: Counters, policy: AttemptPolicy): Attempts {
  /** Milliseconds left of a pause that is under way, else 0 and a pause begins: one step, so that of many at once one wins. */
  async function beginPause(key: string, pause: number): Promise<number> {
    try {
      await pauses.consume(key, 1, { customDuration: wholeSeconds(pause) })
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

function wholeSeconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000)
}
