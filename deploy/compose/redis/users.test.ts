import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { systemClock } from '../../../platform/clock.ts'
import { announceInRedis, followInRedis } from '../../../platform/identity/redis-ended-sessions.ts'
import { redisAttempts } from '../../../platform/limits/redis-attempts.ts'
import { redisBuckets } from '../../../platform/limits/redis-buckets.ts'
import { redisConnection, type RedisConnection } from '../../../platform/redis/connection.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { freePort } from '../../../scripts/servers/free-port.ts'
import { redisProgram } from '../../../scripts/servers/redis.ts'
import { startServer, type ServerProcess } from '../../../scripts/servers/server-process.ts'
import { whereInstalled } from '../../../tests/support/where-installed.ts'
import { secretFiles } from '../secret-files.ts'

const log = createLogger('silent')
const password = (of: string) => of.replaceAll(' ', '-')

await whereInstalled(redisProgram, () => {
  let folder: string
  let server: ServerProcess
  let port: number
  const connections: RedisConnection[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-redis-'))
    port = await freePort()
    const users = secretFiles([], password).redis?.files['users.acl'] ?? ''
    await writeFile(join(folder, 'users.acl'), users)
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--aclfile', join(folder, 'users.acl')]
    const first = as('cart')
    server = await startServer({
      name: 'redis-server',
      command: await redisProgram(),
      args: [join(import.meta.dirname, 'redis.conf'), ...own],
      isReady: () => first.connected().then(() => true),
    })
  })

  afterAll(async () => {
    await Promise.all(connections.map((connection) => connection.close()))
    await server.stop()
    await rm(folder, { recursive: true })
  })

  function as(name: string, secret = password(`redis ${name}`)): RedisConnection {
    const connection = redisConnection({ url: `redis://${name}:${secret}@127.0.0.1:${port}`, log })
    connections.push(connection)
    return connection
  }

  test('each part may use its own keys', async () => {
    const [cart, users, gateway] = [as('cart'), as('users'), as('gateway')]
    await Promise.all([cart, users, gateway].map((connection) => connection.connected()))
    expect(await cart.client.set('cart:{1}:state', 'whole')).toBe('OK')

    const tries = redisAttempts(users)('sign-up', {
      free: 1,
      forgottenAfter: 1_000,
      firstPause: 1_000,
      longestPause: 1_000,
    })
    expect(await tries.begin('192.0.2.1')).toMatchObject({ kind: 'GRANTED' })
    await announceInRedis(users, systemClock)([{ id: 'ended', forgetAt: new Date(Date.now() + 60_000) }])

    expect(
      await redisBuckets({ redis: gateway, clock: systemClock, log })('person', { capacity: 10, fillsIn: 1_000 }).take(
        'ada',
        1,
      ),
    ).toBeDefined()
    expect(await gateway.client.exists('rate person ada')).toBe(1)
    const followed = await followInRedis({ redis: gateway, clock: systemClock, log })
    expect(followed.hasEnded('ended')).toBe(true)
    await followed.stop()
  })

  test.each([
    ['users', 'cart:{1}:state'],
    ['gateway', 'sign-up counted:192.0.2.1'],
    ['cart', 'rate person ada'],
  ])('%s may not read %s', async (name, key) => {
    const connection = as(name)
    await connection.connected()
    await expect(connection.client.get(key)).rejects.toThrow('NOPERM')
  })

  test('the health check may ask whether it is there, and nothing else', async () => {
    const own = { username: 'probe', password: password('redis probe'), enableReadyCheck: false }
    const probe = new Redis({ host: '127.0.0.1', port, ...own })
    expect(await probe.ping()).toBe('PONG')
    await expect(probe.get('ended sessions')).rejects.toThrow('NOPERM')
    probe.disconnect()
  })

  test('nobody may empty it, or set it', async () => {
    const cart = as('cart')
    await cart.connected()
    await expect(cart.client.flushall()).rejects.toThrow('NOPERM')
    await expect(cart.client.config('SET', 'appendonly', 'no')).rejects.toThrow('NOPERM')
  })
})
