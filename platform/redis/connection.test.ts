import { afterEach, beforeEach, expect, test } from 'vitest'

import { redisProgram } from '../../scripts/servers/redis.ts'
import { startTestRedis, type TestRedis } from '../../tests/support/redis.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { redisConnection } from './connection.ts'
import { StoreUnavailable } from '../errors.ts'
import { createLogger } from '../telemetry/logging.ts'
import { script } from './script.ts'

const increment = script("return redis.call('INCRBY', KEYS[1], ARGV[1])")
const failing = script("redis.call('SET', KEYS[1], 'text'); return redis.call('INCR', KEYS[1])")

await whereInstalled(redisProgram, () => {
  let tested: TestRedis
  beforeEach(async () => {
    tested = await startTestRedis()
  })
  afterEach(() => tested.stop())

  const add = (amount: number) => tested.redis.run(increment, ['sum'], [amount])

  test('a script is known to a server that has forgotten it, as after a restart', async () => {
    expect(await add(1)).toBe(1)
    await tested.redis.client.script('FLUSH')
    expect(await Promise.all([add(1), add(1), add(1)])).toEqual([2, 3, 4])
  })

  test('a server that is away fails what is asked at once, and is found again when it is back', async () => {
    await add(1)
    await tested.server.kill()
    const begun = performance.now()
    for (let turn = 0; turn < 50; turn += 1) await expect(add(1)).rejects.toThrow(StoreUnavailable)
    expect(performance.now() - begun).toBeLessThan(1_000)
    const found = tested.isBack()
    await tested.restart()
    await found
    // What failed is not sent again.
    expect(await add(1)).toBe(2)
  })

  test('a server that hangs costs one deadline, then all fails at once until it goes on', async () => {
    await add(1)
    await tested.server.hang()
    const begun = performance.now()
    await Promise.all(Array.from({ length: 20 }, () => expect(add(0)).rejects.toThrow(StoreUnavailable)))
    for (let turn = 0; turn < 20; turn += 1) await expect(add(0)).rejects.toThrow(StoreUnavailable)
    expect(performance.now() - begun).toBeLessThan(2_000)
    const found = tested.isBack()
    tested.server.goOn()
    await found
    expect(await add(1)).toBe(2)
  })

  test('a mistake of ours is no unavailability', async () => {
    await expect(tested.redis.run(failing, ['mistake'])).rejects.toThrow('not an integer')
    await expect(tested.redis.run(failing, ['mistake'])).rejects.not.toThrow(StoreUnavailable)
  })

  test('a server that was never there is said to be away', async () => {
    await tested.server.kill()
    const lonely = redisConnection({ url: tested.url, log: createLogger('silent') })
    await expect(lonely.run(increment, ['sum'], [1])).rejects.toThrow(StoreUnavailable)
    await expect(lonely.ping()).rejects.toThrow(StoreUnavailable)
    const connected = lonely.connected()
    await tested.restart()
    await connected
    expect(await lonely.run(increment, ['lonely'], [1])).toBe(1)
    await lonely.close()
  })
})
