import type { Viewer } from '../../platform/identity/viewer.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { AskGraph } from '../../platform/subgraph/ask-graph.ts'
import { memoryAttempts } from '../../platform/limits/memory-attempts.ts'
import { lazyAssistant } from './assistant/assistant.ts'
import type { Assistant, AssistantParts } from './assistant/port.ts'
import type { AssistantConfig } from './assistant/config.ts'
import type { Context } from './graph/context.ts'
import { catalogueReader, orderHandlers, stockReader } from './events.ts'
import { loadersFrom } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { createRecommending } from './recommending/recommending.ts'
import { createResolvers } from './graph/resolvers.ts'
import { configurationFor } from './recommending/experiment.ts'
import type { RecommendationsConfig } from './config.ts'
import { feedbackPolicy, reportTakeUp, takeFeedback } from './recommending/feedback.ts'
import { servedModel } from './serving/follow.ts'
import { startWork, type Work } from './serving/work.ts'
import type { Basket, Purchase, RecommendationStore, RecommendationStores } from './stores/store.ts'

export interface RecommendationsSubgraph extends Subgraph {
  /** For the seed: what was bought before the shop opened here. Baskets known already are left as they are. */
  importBaskets(baskets: readonly Basket[]): Promise<void>
  importPurchases(purchases: readonly Purchase[]): Promise<void>
  /** Whether what it serves comes of a training; until the first, what needs none stands in. */
  isTrained(): boolean
  /** Makes a training due, which a replica that is at work begins: the first within seconds. */
  requestTraining(): Promise<void>
  /** Trains now, unless another replica does, and serves what came of it. */
  train(): Promise<void>
}

/** What the assistant needs beside that; without a secret, or a way to ask the graph, there is none. */
export interface AssistantOptions extends Pick<AssistantParts, 'guards' | 'model'> {
  readonly config: AssistantConfig
  readonly askGraph?: AskGraph | undefined
}

export function createRecommendationsSubgraph(
  dependencies: SubgraphDependencies<RecommendationStores>,
  config: RecommendationsConfig,
  assistant?: AssistantOptions,
): RecommendationsSubgraph {
  const { bus, clock, log, stores } = dependencies
  const { database } = stores
  const { store } = database
  let work: Work | undefined
  const served = servedModel(store)
  const catalogue = catalogueReader(database)
  const loaders = loadersFrom(store)

  const subgraph = defineSubgraph<Context, RecommendationStore>(
    {
      name: 'recommendations',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers({
        recommending: createRecommending(store, served),
        ...feedbackOn({ store, clock }),
        async requestTraining() {
          await store.requestTraining()
          work?.training.wake()
        },
        assistant: assistantOf(dependencies, assistant),
      }),
      permissions,
      createContext: (viewer, request) => {
        const configuration = configurationOf(viewer, config)
        return { viewer, request, configuration, loaders: loaders() }
      },
      handlers: orderHandlers(() => work?.following.wake()),
      stateReaders: [catalogue, stockReader(database)],
      async startWorkers() {
        // A migration that adds to what is known of a product cannot fill it in.
        if (await store.lacksCards()) await bus.rereadState(catalogue.name)
        const { RECOMMENDATIONS_TRAINED_PRODUCTS: mostProducts, RECOMMENDATIONS_NICENESS: niceness } = config
        work = await startWork({ database, served, clock, log, mostProducts, niceness })
        return work.workers
      },
    },
    dependencies,
  )

  return {
    ...subgraph,
    async settled() {
      await subgraph.settled()
      await work?.settled()
    },
    importBaskets: (baskets) => store.addBaskets(baskets),
    importPurchases: (purchases) => store.addPurchases(purchases),
    isTrained: () => served.current().version > 0,
    // A job is a replica too, and about to leave: it wakes nobody here.
    requestTraining: () => store.requestTraining(),
    async train() {
      await store.requestTraining()
      await work?.training.settled()
      await work?.following.settled()
    },
  }
}

function feedbackOn(parts: Pick<SubgraphDependencies<never>, 'clock'> & { readonly store: RecommendationStore }) {
  const attempts = memoryAttempts('feedback', feedbackPolicy)
  return { feedback: takeFeedback({ ...parts, attempts }), report: reportTakeUp(parts) }
}

function configurationOf(viewer: Viewer, { RECOMMENDATIONS_EXPERIMENT: experiment }: RecommendationsConfig) {
  return configurationFor('id' in viewer ? viewer.id : undefined, experiment)
}

function assistantOf(
  { stores: { conversations }, clock, newId, log }: SubgraphDependencies<RecommendationStores>,
  options: AssistantOptions | undefined,
): Assistant | undefined {
  if (options === undefined) return undefined
  const { config, askGraph, ...given } = options
  const { PROPOSAL_SECRET } = config
  if (PROPOSAL_SECRET === undefined || askGraph === undefined) return undefined
  return lazyAssistant({ ...given, config: { ...config, PROPOSAL_SECRET }, conversations, askGraph, clock, newId, log })
}
