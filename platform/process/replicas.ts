import { systemClock } from '../clock.ts'
import type { AnnounceEnded, HasEnded } from '../identity/ended-sessions.ts'
import { announceInRedis, followInRedis } from '../identity/redis-ended-sessions.ts'
import type { LimitAttempts } from '../limits/attempts.ts'
import type { LimitRate } from '../limits/buckets.ts'
import { memoryAttempts } from '../limits/memory-attempts.ts'
import { memoryBuckets } from '../limits/memory-buckets.ts'
import { redisAttempts } from '../limits/redis-attempts.ts'
import { redisBuckets } from '../limits/redis-buckets.ts'
import { redisConnection, type RedisConnection } from '../redis/connection.ts'
import type { Logger } from '../telemetry/logging.ts'
import { withinDeadline } from '../work/deadline.ts'

/** Milliseconds. */
const firstConnection = 1_000

interface Shared {
  readonly config: { readonly REDIS_URL?: string | undefined; readonly REDIS_DEADLINE_MS?: number | undefined }
  readonly log: Logger
  onStop(end: () => Promise<void>): void
}

/** What the replicas of users share with each other, and with the gateways. Without Redis each counts by itself, and the end of a session is announced to nobody. */
export async function sharedByUsers(shared: Shared): Promise<{
  readonly limitAttempts: LimitAttempts
  readonly announceEnded: AnnounceEnded
}> {
  const redis = await connected(shared)
  if (redis === undefined) return { limitAttempts: memoryAttempts, announceEnded: () => Promise.resolve() }
  return { limitAttempts: redisAttempts(redis), announceEnded: announceInRedis(redis, systemClock) }
}

/** What the replicas of the gateway share. Without Redis each limits by itself, and access tokens are good until they expire. */
export async function sharedByGateways(shared: Shared): Promise<{
  readonly limitRate: LimitRate
  readonly hasEnded: HasEnded
}> {
  const { log, onStop } = shared
  const clock = systemClock
  const redis = await connected(shared)
  if (redis === undefined) return { limitRate: memoryBuckets(clock), hasEnded: () => false }
  const ended = await followInRedis({ redis, clock, log })
  onStop(ended.stop)
  return { limitRate: redisBuckets({ redis, clock, log }), hasEnded: ended.hasEnded }
}

/** A Redis that is away is not waited for: what is in it is asked for again and again. */
async function connected({ config, log, onStop }: Shared): Promise<RedisConnection | undefined> {
  const { REDIS_URL: url, REDIS_DEADLINE_MS: deadline } = config
  if (url === undefined) return undefined
  const redis = redisConnection({ url, log, ...(deadline !== undefined && { deadline }) })
  onStop(() => redis.close())
  await withinDeadline(firstConnection, () => redis.connected()).catch(() => undefined)
  return redis
}
