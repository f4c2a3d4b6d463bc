import { z } from 'zod'

import { memoryAttempts } from '../../platform/limits/memory-attempts.ts'
import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { usersConfig } from './config.ts'
import { postgresUsersStores } from './stores/postgres/stores.ts'
import { createUsersSubgraph } from './subgraph.ts'

/** Users as a process of its own, on PostgreSQL. */
export const usersProcess = defineProcess({
  name: 'users',
  config: z.object({ ...databaseOfItsOwn, ...usersConfig.shape }),
  create(config, { postgres, ...given }) {
    const stores = postgresUsersStores(postgres(config.DATABASE_URL))
    return createUsersSubgraph(
      { ...given, stores },
      {
        config,
        limitAttempts: memoryAttempts,
        // Nobody hears it yet.
        announceEnded: () => Promise.resolve(),
      },
    )
  },
})
