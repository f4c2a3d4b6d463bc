import { databaseOf } from '../../embedded/composition/compose.ts'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import type { Message } from '../../platform/messaging/message.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import { messagesIn } from '../../platform/redis/outbox.ts'
import { redisConnection, type RedisConnection } from '../../platform/redis/connection.ts'
import { createLogger, type Logger } from '../../platform/telemetry/logging.ts'
import { allShards } from '../../subgraphs/cart/stores/redis/keys.ts'
import { redisCartStores, type RedisCartStores } from '../../subgraphs/cart/stores/redis/stores.ts'
import type { OpenedCartStore } from '../contracts/cart-store.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'
import { startTestRedis, type TestRedis } from './redis.ts'

export interface RedisCarts {
  readonly stores: RedisCartStores
  readonly redis: RedisConnection
  readonly backup: PostgresDatabase
  /** What is in the outbox: of each cart in order. */
  published(): Promise<Message[]>
  close(): Promise<void>
}

export interface RedisCartOptions {
  readonly url: string
  readonly database: TestDatabase
  readonly clock?: Clock
  readonly log?: Logger
}

/** Cart's stores on Redis as a replica of the subgraph has them, with no subgraph on top. */
export async function openRedisCarts(options: RedisCartOptions): Promise<RedisCarts> {
  const { url, database, clock = systemClock, log = createLogger('silent') } = options
  const redis = redisConnection({ url, log })
  const backup = databaseOf({ name: 'cart', connection: database.config, clock, log })
  const stores = redisCartStores({ redis, backup, stamp: { source: 'cart', clock, newId: newUuid } })
  await stores.storage.open()
  return {
    stores,
    redis,
    backup,
    async published() {
      const entries = await Promise.all(allShards.map(({ outbox }) => redis.client.xrange(outbox, '-', '+')))
      return entries.flatMap(messagesIn)
    },
    close: stores.storage.close,
  }
}

export interface StartedRedisCarts extends RedisCarts {
  readonly testRedis: TestRedis
  readonly database: TestDatabase
  /** The same carts, as another replica of the subgraph has them. */
  openReplica(): Promise<RedisCarts>
}

/** As `openRedisCarts`, on a server and a database of its own, which `close` ends as well. */
export async function startRedisCarts(
  options: Pick<RedisCartOptions, 'clock' | 'log'> = {},
): Promise<StartedRedisCarts> {
  const testRedis = await startTestRedis()
  const database = await createTestDatabase()
  const openReplica = () => openRedisCarts({ url: testRedis.url, database, ...options })
  const carts = await openReplica()
  return {
    ...carts,
    ...{ testRedis, database, openReplica },
    async close() {
      await carts.close()
      await database.drop()
      await testRedis.stop()
    },
  }
}

/** As `openRedisCarts`, on a database of its own. */
export async function openLoneRedisCarts(url: string): Promise<RedisCarts> {
  const database = await createTestDatabase()
  const carts = await openRedisCarts({ url, database })
  return {
    ...carts,
    async close() {
      await carts.close()
      await database.drop()
    },
  }
}

/** As the suite of cart stores wants it. @param stop ends the server afterwards */
export async function openCartsUnderTest(url: string, stop: () => Promise<void>): Promise<OpenedCartStore> {
  const { stores, published, close } = await openLoneRedisCarts(url)
  return {
    ...{ carts: stores.carts, offers: stores.offers, published },
    async close() {
      await close()
      await stop()
    },
  }
}
