import type { Clock } from '../clock.ts'
import { StoreUnavailable } from '../errors.ts'
import type { RedisConnection } from '../redis/connection.ts'
import { answered } from '../redis/unavailable.ts'
import type { Logger } from '../telemetry/logging.ts'
import { repeatOnWake } from '../work/loop.ts'
import type { AnnounceEnded, HasEnded } from './ended-sessions.ts'
import { memoryEndedSessions } from './memory-ended-sessions.ts'

/** A sorted set: the ids of sessions, by when they may be forgotten. */
const key = 'ended sessions'
/** Ids that are sent by one command. */
const batch = 1_000
/** Milliseconds until a gateway knows what was announced. */
const readEvery = 1_000

/** Puts the sessions where gateways read. What is there already stays, so twice is once; what is over goes. */
export function announceInRedis({ client }: RedisConnection, clock: Clock): AnnounceEnded {
  return (sessions) =>
    answered(async () => {
      for (let from = 0; from < sessions.length; from += batch) {
        const some = sessions.slice(from, from + batch)
        await client.zadd(key, ...some.flatMap(({ id, forgetAt }) => [forgetAt.getTime(), id]))
      }
      await client.zremrangebyscore(key, '-inf', clock().getTime())
      // Where no session ends any more, the set ends with the last.
      const [last = '0'] = (await client.zrange(key, '-1', '-1', 'WITHSCORES')).slice(1)
      await client.pexpireat(key, Number(last))
    })
}

/**
 * Knows by heart what was announced, and reads it anew each second, whole: whatever Redis has lost, or a failover has
 * turned back, no place to go on from can be wrong. While Redis is away, what is known stays known.
 */
export async function followInRedis(parts: {
  readonly redis: RedisConnection
  readonly clock: Clock
  readonly log: Logger
}): Promise<{ readonly hasEnded: HasEnded; stop(): Promise<void> }> {
  const { redis, clock, log } = parts
  const { announce, hasEnded } = memoryEndedSessions(clock)

  async function read(): Promise<void> {
    const found = await answered(() => redis.client.zrangebyscore(key, clock().getTime(), '+inf', 'WITHSCORES'))
    await announce(pairsOf(found).map(([id, forgetAt]) => ({ id, forgetAt: new Date(Number(forgetAt)) })))
  }

  async function readIfThere(): Promise<void> {
    try {
      await read()
    } catch (thrown) {
      // The connection says so, once.
      if (!(thrown instanceof StoreUnavailable)) throw thrown
    }
  }

  const loop = repeatOnWake({ name: 'reading ended sessions', log, sweepEvery: readEvery, turn: readIfThere })
  redis.onConnected(loop.wake)
  // Before the first request, where Redis is there.
  await loop.settled()
  return { hasEnded, stop: loop.stop }
}

/** Redis answers names and scores in turn. */
function pairsOf(found: readonly string[]): (readonly [string, string])[] {
  return found.flatMap((name, place) => (place % 2 === 0 ? [[name, found[place + 1] ?? '0'] as const] : []))
}
