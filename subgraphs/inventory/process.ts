import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { inventoryConfig } from './config.ts'
import { postgresInventoryStores } from './stores/postgres/stores.ts'
import { createInventorySubgraph } from './subgraph.ts'

/** Inventory as a process of its own, on PostgreSQL. */
export const inventoryProcess = defineProcess({
  name: 'inventory',
  config: z.object({ ...databaseOfItsOwn, ...inventoryConfig.shape }),
  create(config, { postgres, ...given }) {
    const stores = postgresInventoryStores(postgres(config.DATABASE_URL))
    return createInventorySubgraph({ ...given, stores }, config)
  },
})
