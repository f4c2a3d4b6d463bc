import type { WakingLoop } from '../../platform/work/loop.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { Context } from './graph/context.ts'
import { catalogueReader, orderHandlers, stockReader } from './events.ts'
import { createLoaders } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { createRecommending } from './recommending.ts'
import { createResolvers } from './graph/resolvers.ts'
import type { Basket, Purchase, RecommendationStore, RecommendationStores } from './stores/store.ts'
import { keepListsFresh } from './upkeep.ts'

export interface RecommendationsSubgraph extends Subgraph {
  /** For the seed: what was bought before the shop opened here. Baskets known already are left as they are. */
  importBaskets(baskets: readonly Basket[]): Promise<void>
  importPurchases(purchases: readonly Purchase[]): Promise<void>
}

export function createRecommendationsSubgraph(
  dependencies: SubgraphDependencies<RecommendationStores>,
): RecommendationsSubgraph {
  const { stores, bus, log } = dependencies
  const { database } = stores
  const { store } = database
  let upkeep: WakingLoop | undefined
  const catalogue = catalogueReader(database)

  const subgraph = defineSubgraph<Context, RecommendationStore>(
    {
      name: 'recommendations',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers(createRecommending(store)),
      permissions,
      createContext: (viewer) => ({ viewer, loaders: createLoaders(store) }),
      handlers: orderHandlers,
      stateReaders: [catalogue, stockReader(database)],
      async startWorkers() {
        // A migration that adds to what is known of a product cannot fill it in.
        if (await store.lacksCards()) await bus.rereadState(catalogue.name)
        upkeep = keepListsFresh({ database, log })
        upkeep.wake()
        return [upkeep]
      },
    },
    dependencies,
  )

  return {
    ...subgraph,
    async settled() {
      await subgraph.settled()
      await upkeep?.settled()
    },
    importBaskets: (baskets) => store.addBaskets(baskets),
    importPurchases: (purchases) => store.addPurchases(purchases),
  }
}
