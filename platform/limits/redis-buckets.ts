import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll } from 'cockatiel'

import type { Clock } from '../clock.ts'
import type { RedisConnection } from '../redis/connection.ts'
import { script } from '../redis/script.ts'
import type { Logger } from '../telemetry/logging.ts'
import { withinDeadline } from '../work/deadline.ts'
import { takeFrom, type LimitRate } from './buckets.ts'
import { memoryBuckets } from './memory-buckets.ts'

/**
 * `takeFrom`, as one step and by the one clock of Redis: those of replicas differ. It answers what was missing before,
 * to the last bit, so that the same sum comes out here; a bucket that is full again is not kept.
 */
const take = script(`
  local time = redis.call('TIME')
  local now = time[1] * 1000 + time[2] / 1000
  local capacity, fillsIn, tokens = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local fullAt = tonumber(redis.call('GET', KEYS[1]) or 0)
  local missing = math.min(math.max(fullAt - now, 0), fillsIn)
  local wanted = missing + math.min(tokens, capacity) * (fillsIn / capacity)
  if wanted <= fillsIn + 0.001 then
    redis.call('SET', KEYS[1], string.format('%.17g', now + wanted), 'PX', math.ceil(wanted))
  end
  return string.format('%.17g', missing)
`)

/** Milliseconds that a request waits for Redis. */
const usualPatience = 50
/** Failures in a row after which Redis is not asked any more, and milliseconds until one request tries it again. */
const failures = 3
const pause = 1_000

/**
 * Buckets in Redis, which all replicas share. While it is away or hangs, each replica goes on with buckets of its own: a limit
 * is then one for each replica, nobody is shut out, and nobody waits.
 */
export function redisBuckets(parts: {
  readonly redis: RedisConnection
  readonly clock: Clock
  readonly log: Logger
  readonly patience?: number
}): LimitRate {
  const { redis, clock, log, patience = usualPatience } = parts
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(failures) })
  breaker.onBreak((reason) =>
    log.warn(
      'error' in reason ? { err: reason.error } : {},
      'rates are limited by this replica alone until Redis answers in time',
    ),
  )
  breaker.onReset(() => log.warn('rates are limited by all replicas together again'))
  const own = memoryBuckets(clock)

  return (name, policy) => {
    const insurance = own(name, policy)
    return {
      async take(key, tokens) {
        // One request tries whether Redis is back. The others would wait for it.
        if (breaker.state === CircuitState.HalfOpen) return insurance.take(key, tokens)
        try {
          const values = [policy.capacity, policy.fillsIn, tokens]
          // The library's own timeout makes an error, with its stack, of each request that is in time.
          const missing = await breaker.execute(() =>
            withinDeadline(patience, () => redis.run(take, [`rate ${name} ${key}`], values)),
          )
          return takeFrom(Number(missing), { tokens, now: 0, policy }).taken
        } catch {
          return insurance.take(key, tokens)
        }
      },
    }
  }
}
