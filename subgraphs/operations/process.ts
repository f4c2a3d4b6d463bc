import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { postgresOperationsStores } from './stores/postgres/stores.ts'
import { createOperationsSubgraph } from './subgraph.ts'

/** Operations as a process of its own, on PostgreSQL. */
export const operationsProcess = defineProcess({
  name: 'operations',
  config: z.object({ ...databaseOfItsOwn }),
  create(config, { postgres, ...given }) {
    const stores = postgresOperationsStores(postgres(config.DATABASE_URL))
    return createOperationsSubgraph({ ...given, stores })
  },
})
