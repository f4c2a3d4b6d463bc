import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AttemptPolicy } from '../../platform/limits/attempts.ts'
import { redisAttempts } from '../../platform/limits/redis-attempts.ts'
import { redisConnection, type RedisConnection } from '../../platform/redis/connection.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import { startTestRedis, type TestRedis } from '../support/redis.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { attemptsContract } from './attempts.ts'

const policy: AttemptPolicy = { free: 3, firstPause: 1_000, longestPause: 5_000, forgottenAfter: 60_000 }
const key = 'ada 203.0.113.7'

await whereInstalled(redisProgram, () => {
  attemptsContract('on Redis', async () => {
    const { redis, stop } = await startTestRedis()
    return { limitAttempts: redisAttempts(redis), elapse: (milliseconds) => elapse(redis, milliseconds), close: stop }
  })

  let tested: TestRedis
  let replica: RedisConnection
  beforeAll(async () => {
    tested = await startTestRedis()
    replica = redisConnection({ url: tested.url, log: createLogger('silent') })
    await replica.connected()
  })
  afterAll(async () => {
    await replica.close()
    await tested.stop()
  })

  const byBoth = (name: string) => [tested.redis, replica].map((connection) => redisAttempts(connection)(name, policy))

  test('attempts at several replicas are counted together, and get no more than at one', async () => {
    const both = byBoth('together')
    const begun = await Promise.all(
      Array.from({ length: 20 }, () => both.map((attempts) => attempts.begin(key))).flat(),
    )
    const granted = begun.filter(({ kind }) => kind === 'GRANTED').length
    expect(granted).toBeGreaterThan(0)
    expect(granted).toBeLessThanOrEqual(4)
  })

  test('every counter in Redis ends by itself', async () => {
    await redisAttempts(tested.redis)('ends', { ...policy, firstPause: 1, longestPause: 1 }).begin(key, 0)
    const { client } = tested.redis
    for (const counter of await client.keys('*')) expect(await client.pttl(counter), counter).toBeGreaterThan(0)
  })

  test('while Redis is away, each replica goes on by itself, at once', async () => {
    const attempts = redisAttempts(tested.redis)('away', policy)
    await tested.server.kill()
    const begun = performance.now()
    const granted = await Promise.all(Array.from({ length: 50 }, () => attempts.begin(key)))
    expect(granted.filter(({ kind }) => kind === 'GRANTED')).toHaveLength(4)
    expect(await attempts.pauseOf(key)).toBeGreaterThan(0)
    expect(performance.now() - begun).toBeLessThan(1_000)
    const found = tested.isBack()
    await tested.restart()
    await found
    // Redis counts from where it was.
    expect(await attempts.begin(key)).toEqual({ kind: 'GRANTED', count: 1 })
  })

  test('a Redis that hangs holds nobody up for long', async () => {
    const attempts = redisAttempts(tested.redis)('hangs', policy)
    await tested.server.hang()
    const begun = performance.now()
    for (let turn = 0; turn < 30; turn += 1) await attempts.begin(`${turn}`)
    expect(performance.now() - begun).toBeLessThan(6_000)
    const found = tested.isBack()
    tested.server.goOn()
    await found
    expect((await attempts.begin(key)).kind).toBe('GRANTED')
  })
})

/** Redis has no clock that tests could move: what is counted is brought nearer to its end. */
async function elapse({ client }: RedisConnection, milliseconds: number): Promise<void> {
  for (const counter of await client.keys('*')) {
    const left = (await client.pttl(counter)) - milliseconds
    await (left > 0 ? client.pexpire(counter, left) : client.del(counter))
  }
}
