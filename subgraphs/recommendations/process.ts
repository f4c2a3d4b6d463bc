import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { graphOverHttp } from '../../platform/process/graph-over-http.ts'
import { assistantConfig } from './assistant/config.ts'
import { recommendationsConfig } from './config.ts'
import { postgresRecommendationStores } from './stores/postgres/stores.ts'
import { createRecommendationsSubgraph } from './subgraph.ts'

/** Recommendations as a process of its own, on PostgreSQL. */
export const recommendationsProcess = defineProcess({
  name: 'recommendations',
  config: z.object({
    ...databaseOfItsOwn,
    ...recommendationsConfig.shape,
    ...assistantConfig.shape,
    /** Where the gateway takes operations, for the assistant alone; without it there is none. */
    GRAPH_URL: z.url({ protocol: /^https?$/ }).optional(),
  }),
  create(config, { postgres, onStop, ...given }) {
    const stores = postgresRecommendationStores(postgres(config.DATABASE_URL))
    const graph = config.GRAPH_URL === undefined ? undefined : graphOverHttp(config.GRAPH_URL)
    if (graph !== undefined) onStop(() => graph.close())
    return createRecommendationsSubgraph({ ...given, stores }, config, { config, askGraph: graph?.ask })
  },
})
