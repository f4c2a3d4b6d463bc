import { z } from 'zod'

import { ConfigError } from '../../platform/config.ts'
import { mongodbConfig } from '../../platform/mongodb/config.ts'
import { mongoDatabase } from '../../platform/mongodb/database.ts'
import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess, type Ground } from '../../platform/process/definition.ts'
import { productsConfig } from './config.ts'
import { mongoProductStores } from './stores/mongodb/stores.ts'
import { postgresProductStores } from './stores/postgres/stores.ts'
import type { ProductStores } from './stores/store.ts'
import { createProductsSubgraph } from './subgraph.ts'

const config = z.object({
  DATABASE_URL: databaseOfItsOwn.DATABASE_URL.optional(),
  ...mongodbConfig.shape,
  ...productsConfig.shape,
})

/** Products as a process of its own: on MongoDB; without MONGODB_URL on PostgreSQL. */
export const productsProcess = defineProcess({
  name: 'products',
  config,
  create(given, ground) {
    return createProductsSubgraph({ ...ground, stores: storesOf(given, ground) }, given)
  },
})

function storesOf(given: z.infer<typeof config>, { postgres, clock, newId, log, onStop }: Ground): ProductStores {
  const { MONGODB_URL: url, MONGODB_TIMEOUT_MS: timeout, DATABASE_URL: postgresUrl } = given
  if (url !== undefined) {
    const database = mongoDatabase({
      url,
      name: 'souk_products',
      timeout,
      stamp: { source: 'products', clock, newId },
      log,
    })
    onStop(database.close)
    return mongoProductStores(database)
  }
  if (postgresUrl !== undefined) return postgresProductStores(postgres(postgresUrl))
  throw new ConfigError(
    'MONGODB_URL is missing: expected the address of MongoDB, or that of PostgreSQL in DATABASE_URL',
  )
}
