import { RateLimiterMemory } from 'rate-limiter-flexible'

import type { LimitAttempts } from './attempts.ts'
import { countedAttempts, counterOptions } from './counted-attempts.ts'

/** Attempts counted in this process alone; all is forgotten when it ends. */
export const memoryAttempts: LimitAttempts = (name, policy) => {
  const { counted, pauses } = counterOptions(name, policy)
  return countedAttempts({ counted: new RateLimiterMemory(counted), pauses: new RateLimiterMemory(pauses) }, policy)
}
