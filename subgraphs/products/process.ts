import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { productsConfig } from './config.ts'
import { postgresProductStores } from './stores/postgres/stores.ts'
import { createProductsSubgraph } from './subgraph.ts'

/** Products as a process of its own, on PostgreSQL. */
export const productsProcess = defineProcess({
  name: 'products',
  config: z.object({ ...databaseOfItsOwn, ...productsConfig.shape }),
  create(config, { postgres, ...given }) {
    const stores = postgresProductStores(postgres(config.DATABASE_URL))
    return createProductsSubgraph({ ...given, stores }, config)
  },
})
