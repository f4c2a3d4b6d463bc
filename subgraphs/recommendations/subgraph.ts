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
import { configurationFor } from './domain/experiment.ts'
import type { RecommendationsConfig } from './config.ts'
import { reportTakeUp, takeFeedback } from './feedback.ts'
import { servedModel } from './serving/follow.ts'
import { trainWhenDue } from './serving/training.ts'
import type { Basket, Purchase, RecommendationStore, RecommendationStores } from './stores/store.ts'
import { keepListsFresh } from './upkeep.ts'

export interface RecommendationsSubgraph extends Subgraph {
  /** For the seed: what was bought before the shop opened here. Baskets known already are left as they are. */
  importBaskets(baskets: readonly Basket[]): Promise<void>
  importPurchases(purchases: readonly Purchase[]): Promise<void>
  /** Trains now, unless another replica does, and serves what came of it. */
  train(): Promise<void>
}

interface Workers {
  readonly following: WakingLoop
  readonly training: WakingLoop
  readonly upkeep: WakingLoop
}

export function createRecommendationsSubgraph(
  dependencies: SubgraphDependencies<RecommendationStores>,
  config: RecommendationsConfig,
): RecommendationsSubgraph {
  const { stores, bus, clock, log } = dependencies
  const { database } = stores
  const { store } = database
  let workers: Workers | undefined
  const served = servedModel(store)
  const requestTraining = async () => {
    await store.requestTraining()
    workers?.training.wake()
  }
  const catalogue = catalogueReader(database)

  const subgraph = defineSubgraph<Context, RecommendationStore>(
    {
      name: 'recommendations',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers({
        recommending: createRecommending(store, served),
        feedback: takeFeedback({ store, clock }),
        report: reportTakeUp({ store, clock }),
        requestTraining,
      }),
      permissions,
      createContext: (viewer) => ({
        viewer,
        loaders: createLoaders(store),
        configuration: configurationFor('id' in viewer ? viewer.id : undefined, config.RECOMMENDATIONS_EXPERIMENT),
      }),
      handlers: orderHandlers(() => workers?.following.wake()),
      stateReaders: [catalogue, stockReader(database)],
      async startWorkers() {
        // A migration that adds to what is known of a product cannot fill it in.
        if (await store.lacksCards()) await bus.rereadState(catalogue.name)
        const upkeep = keepListsFresh({ database, log })
        upkeep.wake()
        const following = await served.follow(log)
        const training = trainWhenDue({ store, served, following, clock, log })
        workers = { following, training, upkeep }
        return [upkeep, training, following]
      },
    },
    dependencies,
  )

  return {
    ...subgraph,
    async settled() {
      await subgraph.settled()
      await Promise.all([workers?.upkeep.settled(), workers?.following.settled()])
    },
    async importBaskets(baskets) {
      await store.addBaskets(baskets)
      await store.requestTraining()
    },
    importPurchases: (purchases) => store.addPurchases(purchases),
    async train() {
      await store.requestTraining()
      await workers?.training.settled()
      await workers?.following.settled()
    },
  }
}
