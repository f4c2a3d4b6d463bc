import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { redisConnection, type RedisConnection } from '../../platform/redis/connection.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { startRedis } from '../../scripts/servers/redis.ts'
import type { ServerProcess } from '../../scripts/servers/server-process.ts'
import { fastestFolder } from './fast-folder.ts'

export interface TestRedis {
  readonly url: string
  readonly server: ServerProcess
  readonly redis: RedisConnection
  /** Resolves when the connection has been made anew. */
  isBack(): Promise<void>
  /** On the same folder and port, after it was killed. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** A Redis of its own, and a connection to it. */
export async function startTestRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(await fastestFolder(), 'souk-redis-'))
  const { url, port, ...first } = await startRedis({ folder })
  let server: ServerProcess = first
  const redis = redisConnection({ url, log: createLogger('silent') })
  await redis.connected()
  return {
    url,
    redis,
    isBack: () => new Promise((resolve) => void redis.client.once('ready', resolve)),
    get server() {
      return server
    },
    async restart() {
      server = await startRedis({ folder, port })
    },
    async stop() {
      await redis.close()
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
