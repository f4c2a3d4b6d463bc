import { fileURLToPath } from 'node:url'

import { StoreUnavailable } from '../../../../platform/errors.ts'
import type { OutboxStamp } from '../../../../platform/messaging/outbox.ts'
import { migrateSubgraph } from '../../../../platform/postgres/migrate.ts'
import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import type { RedisConnection } from '../../../../platform/redis/connection.ts'
import { redisOutbox } from '../../../../platform/redis/outbox.ts'
import { postgresOfferStore } from '../postgres/offers.ts'
import type { CartStores } from '../store.ts'
import { postgresCartBackup } from './backup.ts'
import { redisCartStore } from './carts.ts'
import type { Ground } from './ground.ts'
import { guestSweep } from './guests.ts'
import { allShards } from './keys.ts'
import { offerWrites } from './offer-writes.ts'
import { redisOfferStore } from './offers.ts'
import { offersFromCopy } from './offers-copy.ts'
import { restorer } from './restore.ts'
import { writeBehind, type WriteBehind } from './write-behind.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

export interface RedisCartParts {
  readonly redis: RedisConnection
  /** Has the tables that carts on PostgreSQL alone have; where carts lie in them already, they are served from Redis from now on. */
  readonly backup: PostgresDatabase
  readonly stamp: OutboxStamp
}

export interface RedisCartStores extends CartStores {
  /** Resolves when all that was changed before the call is in the backup. */
  backedUp(): Promise<void>
  /** All changes up to then are in the backup. */
  watermark(): Promise<Date | undefined>
  /** Milliseconds since the first change that is not in the backup; 0 when all is. */
  lag(): Promise<number>
  /** Ends the copying, with a last look, and the connection to Redis; who has opened the backup closes it. */
  end(): Promise<void>
  /** Ends what guests have left for long; done by itself every minute. */
  endGuestCarts(): Promise<void>
}

/** All that cart keeps, in Redis, backed up in PostgreSQL. */
export function redisCartStores({ redis, backup, stamp }: RedisCartParts): RedisCartStores {
  const { log } = backup
  const outbox = redisOutbox(redis, allShards, stamp.newId)
  const ground: Ground = { redis, backup: postgresCartBackup(backup), outbox, stamp, log }
  const carts = restorer(ground)
  const writes = offerWrites(redis)
  const offers = redisOfferStore({ redis, writes, copy: postgresOfferStore(backup) })
  const fillOffers = offersFromCopy({ redis, backup, writes, newId: stamp.newId })
  let copying: WriteBehind | undefined
  let guests: ReturnType<typeof guestSweep> | undefined

  async function end(): Promise<void> {
    await Promise.all([copying?.stop(), guests?.stop()])
    await redis.close()
  }

  return {
    end,
    carts: redisCartStore(ground, carts),
    offers,
    backedUp: async () => copying?.drained(),
    watermark: ground.backup.watermark,
    async lag() {
      const first = await Promise.all(allShards.map(({ unsaved }) => redis.client.zrange(unsaved, 0, 0, 'WITHSCORES')))
      const times = first.flatMap(([, time]) => (time === undefined ? [] : [Number(time)]))
      return times.length === 0 ? 0 : Math.max(0, stamp.clock().getTime() - Math.min(...times))
    },
    endGuestCarts: async () => guests?.settled(),
    storage: {
      async open() {
        await migrateSubgraph(backup.pool, migrations)
        await redis.connected().catch((thrown: unknown) => log.warn({ err: thrown }, 'carts are read from the backup'))
        await Promise.all([carts.restoreAll(), fillOffers()]).catch((thrown: unknown) => {
          // It is done as soon as Redis is there.
          if (!(thrown instanceof StoreUnavailable)) throw thrown
        })
        copying ??= writeBehind(ground, { restorer: carts, fillOffers })
        guests ??= guestSweep(ground)
      },
      outbox,
      // What Redis cannot answer just now, the backup does; without both there is nothing to serve.
      ready: () => Promise.any([redis.ping(), backup.ping()]),
      async close() {
        await end()
        await backup.close()
      },
    },
  }
}
