import { afterAll, beforeAll, expect, test } from 'vitest'

import { systemClock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import type { BucketPolicy, Buckets, LimitRate, Taken } from '../../platform/limits/buckets.ts'
import { redisBuckets } from '../../platform/limits/redis-buckets.ts'
import { redisConnection, type RedisConnection } from '../../platform/redis/connection.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { redisProgram } from '../../scripts/servers/redis.ts'
import { startTestRedis, type TestRedis } from '../support/redis.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { bucketsContract } from './buckets.ts'

const policy: BucketPolicy = { capacity: 10, fillsIn: 60_000 }
const log = createLogger('silent')

function granted(taken: readonly Taken[]): number {
  return taken.filter((each) => each.granted).length
}

await whereInstalled(redisProgram, () => {
  let tested: TestRedis
  let replica: RedisConnection
  beforeAll(async () => {
    tested = await startTestRedis()
    replica = redisConnection({ url: tested.url, log })
    await replica.connected()
  })
  afterAll(async () => {
    await replica.close()
    await tested.stop()
  })

  /** A machine that is busy with other tests makes Redis late, too; only where that is the matter is it not waited for. */
  const on = (redis: RedisConnection, clock = systemClock): LimitRate =>
    redisBuckets({ redis, clock, log, patience: 10_000 })
  const inHaste = (): LimitRate => redisBuckets({ redis: tested.redis, clock: systemClock, log })
  const many = (count: number, buckets: Buckets) =>
    Promise.all(Array.from({ length: count }, () => buckets.take('ada', 1)))

  bucketsContract('on Redis', () => ({ limitRate: on(tested.redis), pass: (time) => elapse(tested.redis, time) }))

  test('replicas give no more together than one alone, whatever their clocks show', async () => {
    const name = newUuid()
    const anHourAhead = () => new Date(Date.now() + 3_600_000)
    const taken = await Promise.all(
      [on(tested.redis), on(replica, anHourAhead)].map((each) => many(25, each(name, policy))),
    )
    expect(granted(taken.flat())).toBe(10)
  })

  test('every bucket in Redis ends by itself, when it is full', async () => {
    await many(3, on(tested.redis)('ends', policy))
    const left = await tested.redis.client.pttl('rate ends ada')
    expect(left).toBeGreaterThan(12_000)
    expect(left).toBeLessThanOrEqual(18_000)
  })

  test('a Redis that hangs costs a request some 50 ms, and then nothing; each replica limits by itself meanwhile', async () => {
    const limitRate = inHaste()
    const buckets = limitRate(newUuid(), policy)
    await many(10, buckets)
    await tested.server.hang()
    const begun = performance.now()
    const first = await many(25, buckets)
    expect(performance.now() - begun).toBeLessThan(500)
    expect(granted(first)).toBe(10)
    const after = performance.now()
    for (let turn = 0; turn < 200; turn += 1) await many(1, buckets)
    expect(performance.now() - after).toBeLessThan(500)

    tested.server.goOn()
    await untilShared(limitRate)
    // What was taken before is still taken.
    expect(granted(await many(1, buckets))).toBe(0)
  })

  test('a Redis that is killed shuts nobody out and opens no gate, and is found again', async () => {
    const limitRate = inHaste()
    const buckets = limitRate(newUuid(), policy)
    await tested.server.kill()
    expect(granted(await many(25, buckets))).toBe(10)
    const found = tested.isBack()
    await tested.restart()
    await found
    await untilShared(limitRate)
    expect(granted(await many(25, buckets))).toBe(10)
  })

  /** Buckets that are not in use by a test show whether Redis is asked again. */
  async function untilShared(limitRate: LimitRate): Promise<void> {
    const name = newUuid()
    const buckets = limitRate(name, policy)
    await expect
      .poll(
        async () => {
          await many(1, buckets)
          return tested.redis.client.exists(`rate ${name} ada`)
        },
        { timeout: 5_000 },
      )
      .toBe(1)
  }
})

/** Redis has no clock that tests could move: what is kept is brought nearer to its end. */
async function elapse({ client }: RedisConnection, milliseconds: number): Promise<void> {
  for (const bucket of await client.keys('rate *')) {
    const [fullAt, left] = [Number(await client.get(bucket)), await client.pttl(bucket)]
    if (left <= milliseconds) await client.del(bucket)
    else await client.set(bucket, fullAt - milliseconds, 'PX', left - milliseconds)
  }
}
