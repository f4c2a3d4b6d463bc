import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { ordersConfig } from './config.ts'
import { postgresOrderStores } from './stores/postgres/stores.ts'
import { createOrdersSubgraph } from './subgraph.ts'

/** Orders as a process of its own, on PostgreSQL. */
export const ordersProcess = defineProcess({
  name: 'orders',
  config: z.object({ ...databaseOfItsOwn, ...ordersConfig.shape }),
  create(config, { postgres, ...given }) {
    const stores = postgresOrderStores(postgres(config.DATABASE_URL))
    return createOrdersSubgraph({ ...given, stores }, config)
  },
})
