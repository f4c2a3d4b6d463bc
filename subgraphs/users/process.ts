import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { sharedByUsers } from '../../platform/process/replicas.ts'
import { redisConfig } from '../../platform/redis/config.ts'
import { usersConfig } from './config.ts'
import { postgresUsersStores } from './stores/postgres/stores.ts'
import { createUsersSubgraph } from './subgraph.ts'

/** Users as a process of its own, on PostgreSQL; what its replicas share is in Redis. */
export const usersProcess = defineProcess({
  name: 'users',
  config: z.object({ ...databaseOfItsOwn, ...redisConfig.shape, ...usersConfig.shape }),
  async create(config, { postgres, onStop, ...given }) {
    const stores = postgresUsersStores(postgres(config.DATABASE_URL))
    const shared = await sharedByUsers({ config, log: given.log, onStop })
    return createUsersSubgraph({ ...given, stores }, { config, ...shared })
  },
})
