import { RateLimiterMemory, RateLimiterRedis, type IRateLimiterOptions } from 'rate-limiter-flexible'

import type { RedisConnection } from '../redis/connection.ts'
import type { LimitAttempts } from './attempts.ts'
import { countedAttempts, counterOptions } from './counted-attempts.ts'

/**
 * Attempts counted in Redis, by all replicas together. While Redis is away each replica counts by itself: nobody is locked
 * out, and nobody tries without limit. It is asked again at each attempt, so that all count together when it is back.
 */
export function redisAttempts(redis: RedisConnection): LimitAttempts {
  const inRedis = (options: IRateLimiterOptions) =>
    new RateLimiterRedis({
      ...options,
      storeClient: redis.client,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    })

  return (name, policy) => {
    const { counted, pauses } = counterOptions(name, policy)
    return countedAttempts({ counted: inRedis(counted), pauses: inRedis(pauses) }, policy)
  }
}
