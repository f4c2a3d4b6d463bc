import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'

import { fastestFolder } from '../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { redisProgram, startRedis } from './redis.ts'

await whereInstalled(redisProgram, () => {
  test('redis-server has what it acknowledged after a kill, on the same folder and port', async () => {
    const folder = await mkdtemp(join(await fastestFolder(), 'souk-redis-'))
    const first = await startRedis({ folder })
    await withClient(first.url, (client) => client.set('key', 'value'))
    await first.kill()
    const second = await startRedis({ folder, port: first.port })
    expect(await withClient(second.url, (client) => client.get('key'))).toBe('value')
    await second.stop()
    await rm(folder, { recursive: true })
  })
})

async function withClient<Result>(url: string, work: (client: Redis) => Promise<Result>): Promise<Result> {
  const client = new Redis(url)
  try {
    return await work(client)
  } finally {
    client.disconnect()
  }
}
