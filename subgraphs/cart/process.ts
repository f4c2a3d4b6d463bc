import { z } from 'zod'

import type { OutboxStamp } from '../../platform/messaging/outbox.ts'
import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { redisConfig } from '../../platform/redis/config.ts'
import { redisConnection } from '../../platform/redis/connection.ts'
import { cartConfig } from './config.ts'
import { postgresCartStores } from './stores/postgres/stores.ts'
import { redisCartStores } from './stores/redis/stores.ts'
import { createCartSubgraph } from './subgraph.ts'

/** Cart as a process of its own: on Redis, backed up in PostgreSQL; without REDIS_URL on PostgreSQL alone. */
export const cartProcess = defineProcess({
  name: 'cart',
  config: z.object({ ...databaseOfItsOwn, ...redisConfig.shape, ...cartConfig.shape }),
  create(config, { postgres, onStop, ...given }) {
    const database = postgres(config.DATABASE_URL)
    const { REDIS_URL: url, REDIS_DEADLINE_MS: deadline } = config
    if (url === undefined) return createCartSubgraph({ ...given, stores: postgresCartStores(database) }, config)
    const stamp: OutboxStamp = { source: 'cart', clock: given.clock, newId: given.newId }
    const redis = redisConnection({ url, deadline, log: given.log })
    const stores = redisCartStores({ redis, backup: database, stamp })
    onStop(stores.end)
    return createCartSubgraph({ ...given, stores }, config)
  },
})
