import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { redisProgram } from '../../scripts/servers/redis.ts'
import { startTestRedis, type TestRedis } from '../../tests/support/redis.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { newUuid } from '../ids.ts'
import { createLogger } from '../telemetry/logging.ts'
import type { EndedSession } from './ended-sessions.ts'
import { announceInRedis, followInRedis } from './redis-ended-sessions.ts'

const minute = 60_000

await whereInstalled(redisProgram, () => {
  const time = { now: Date.now() }
  const clock = () => new Date(time.now)
  let tested: TestRedis
  beforeAll(async () => {
    tested = await startTestRedis()
  })
  beforeEach(async () => {
    time.now = Date.now()
    await tested.redis.client.flushall()
  })
  afterAll(() => tested.stop())

  function ended(count: number, forgetIn: number): EndedSession[] {
    return Array.from({ length: count }, () => ({ id: newUuid(), forgetAt: new Date(time.now + forgetIn) }))
  }

  /** What a gateway that starts now knows of them. */
  async function known(sessions: readonly EndedSession[]): Promise<number> {
    const { hasEnded, stop } = await followInRedis({ redis: tested.redis, clock, log: createLogger('silent') })
    await stop()
    return sessions.filter(({ id }) => hasEnded(id)).length
  }

  test('as many as end are announced, and twice is once', async () => {
    const announce = announceInRedis(tested.redis, clock)
    const sessions = ended(2_500, minute)
    await announce(sessions)
    await announce(sessions)
    expect(await tested.redis.client.zcard('ended sessions')).toBe(2_500)
    expect(await known([...sessions, ...ended(10, minute)])).toBe(2_500)
  })

  test('they are forgotten when their last access token has expired, and no sooner', async () => {
    const announce = announceInRedis(tested.redis, clock)
    const [soon, late] = [ended(3, minute), ended(3, 2 * minute)]
    await announce([...late, ...soon])
    time.now += minute - 1
    expect(await known([...soon, ...late])).toBe(6)
    time.now += 2
    await announce([])
    expect(await tested.redis.client.zcard('ended sessions')).toBe(3)
    expect(await known([...soon, ...late])).toBe(3)
    expect(await tested.redis.client.pexpiretime('ended sessions')).toBe(late[0]?.forgetAt.getTime())
  })
})
