import { fileURLToPath } from 'node:url'

import type { Subscription } from '../../platform/messaging/bus.ts'
import { listen } from '../../platform/postgres/listen.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { ProductsConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { createEditing } from './editing.ts'
import { indexFeed, stockReader } from './events.ts'
import { importerInto, type ImportProducts } from './importing.ts'
import { createLoaders } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { createResolvers } from './graph/resolvers.ts'
import { createProductIndex } from './search/product-index.ts'
import { postgresProductStore, stockChannel } from './stores/postgres/store.ts'
import { createWaiter } from './waiter.ts'

export interface ProductsSubgraph extends Subgraph {
  /** For the seed. The subgraph must have been started. */
  readonly importProducts: ImportProducts
}

export function createProductsSubgraph(dependencies: SubgraphDependencies, config: ProductsConfig): ProductsSubgraph {
  const { database, bus, clock, newId, log } = dependencies
  const store = postgresProductStore(database)
  const index = createProductIndex()
  const stockNews = createWaiter()
  let indexing: Subscription | undefined

  const editing = createEditing({
    store,
    clock,
    newId,
    async stocked(variantIds) {
      const inTime = await stockNews.until(() => store.hasHeardStockOf(variantIds), config.NEW_STOCK_WAIT_MS)
      if (!inTime) log.warn({ variantIds }, 'inventory has not answered for new variants')
    },
  })

  const subgraph = defineSubgraph<Context>(
    {
      name: 'products',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      migrations: fileURLToPath(new URL('./stores/migrations', import.meta.url)),
      resolvers: createResolvers({ store, index, editing }),
      permissions,
      createContext: (viewer) => ({ viewer, loaders: createLoaders(store) }),
      stateReaders: [stockReader(store)],
      async startWorkers() {
        // Another replica may be the one that hears of the stock, so the news goes by the database.
        const listener = await listen({
          connection: database.pool.options,
          channel: stockChannel,
          log,
          onNotification: stockNews.wake,
          onConnected: stockNews.wake,
        })
        indexing = await bus.watchState(indexFeed({ index, log }))
        return [listener, indexing]
      },
    },
    dependencies,
  )

  return {
    ...subgraph,
    importProducts: importerInto(store),
    async settled() {
      await subgraph.settled()
      await indexing?.caughtUp()
    },
  }
}
