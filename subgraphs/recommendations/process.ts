import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { recommendationsConfig } from './config.ts'
import { postgresRecommendationStores } from './stores/postgres/stores.ts'
import { createRecommendationsSubgraph } from './subgraph.ts'

/** Recommendations as a process of its own, on PostgreSQL. */
export const recommendationsProcess = defineProcess({
  name: 'recommendations',
  config: z.object({ ...databaseOfItsOwn, ...recommendationsConfig.shape }),
  create(config, { postgres, ...given }) {
    const stores = postgresRecommendationStores(postgres(config.DATABASE_URL))
    return createRecommendationsSubgraph({ ...given, stores }, config)
  },
})
