import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { cartConfig } from './config.ts'
import { postgresCartStores } from './stores/postgres/stores.ts'
import { createCartSubgraph } from './subgraph.ts'

/** Cart as a process of its own, on PostgreSQL. */
export const cartProcess = defineProcess({
  name: 'cart',
  config: z.object({ ...databaseOfItsOwn, ...cartConfig.shape }),
  create(config, { postgres, ...given }) {
    const stores = postgresCartStores(postgres(config.DATABASE_URL))
    return createCartSubgraph({ ...given, stores }, config)
  },
})
