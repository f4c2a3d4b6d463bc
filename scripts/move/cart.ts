import { setTimeout as pass } from 'node:timers/promises'

import { ConfigError, parseConfig, type Environment } from '../../platform/config.ts'
import { nilUuid } from '../../platform/ids.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import { redisConfig } from '../../platform/redis/config.ts'
import { redisConnection, type RedisConnection } from '../../platform/redis/connection.ts'
import type { Kept, KeptThings } from '../../platform/subgraph/moving.ts'
import type { Cart } from '../../subgraphs/cart/domain.ts'
import { liveCartsIn, unpublishedIn, unsavedCarts } from '../../subgraphs/cart/stores/redis/all-carts.ts'
import { postgresCartBackup } from '../../subgraphs/cart/stores/redis/backup.ts'
import { compareThings, type Movable, type OpenMove } from './move.ts'

/** Milliseconds. The backup is a quarter of a second behind. */
const backupPatience = 5_000
const betweenQuestions = 100
const pageSize = 500

/** From PostgreSQL to the Redis that REDIS_URL names. */
export async function openCartMove(from: PostgresDatabase, environment: Environment): Promise<OpenMove> {
  const { REDIS_URL: url, REDIS_DEADLINE_MS: deadline } = parseConfig(redisConfig, environment)
  if (url === undefined) {
    throw new ConfigError(
      'REDIS_URL is missing: expected the address of the Redis that cart runs on, such as redis://127.0.0.1:6379',
    )
  }
  const redis = redisConnection({ url, deadline, log: from.log })
  await redis.connected().catch(async (thrown: unknown) => {
    await redis.close()
    throw thrown
  })
  return {
    movables: [cartsBetween(from, redis)],
    unpublished: () => unpublishedIn(redis),
    close: () => redis.close(),
  }
}

/**
 * Cart takes its carts along by itself when it starts with REDIS_URL, and from then on PostgreSQL follows Redis. So nothing is
 * written here, which would be a second writer of carts: this waits until PostgreSQL has caught up, and compares.
 */
export function cartsBetween(from: PostgresDatabase, redis: RedisConnection): Movable {
  const name = 'carts'
  return {
    name,
    work: ['waiting for the backup, and comparing', 'waiting and comparing once more'],
    async copy() {
      const deadline = Date.now() + backupPatience
      while ((await unsavedCarts(redis)) > 0 && Date.now() < deadline) await pass(betweenQuestions)
    },
    compare: () => compareThings(name, inPostgres(from), inRedis(redis)),
  }
}

function inPostgres(database: PostgresDatabase): KeptThings<Cart> {
  const { page } = postgresCartBackup(database)
  return {
    async *pages() {
      for (let carts = await page(nilUuid, pageSize); ; carts = await page(carts.at(-1)?.id ?? '', pageSize)) {
        yield carts.map(kept)
        if (carts.length < pageSize) return
      }
    },
  }
}

function inRedis(redis: RedisConnection): KeptThings<Cart> {
  return {
    async *pages() {
      const carts = await liveCartsIn(redis)
      yield carts.map(kept).toSorted((left, right) => (left.key < right.key ? -1 : 1))
    },
  }
}

function kept(cart: Cart): Kept<Cart> {
  return { key: cart.id, version: cart.version, content: cart }
}
