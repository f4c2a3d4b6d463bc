import type { Subscription } from '../../platform/messaging/bus.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { ProductsConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { createEditing } from './editing/editing.ts'
import { indexFeed, stockReader } from './events.ts'
import { importerInto, type ImportProducts } from './importing.ts'
import { loadersFrom } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { createResolvers } from './graph/resolvers.ts'
import { keepSearches } from './search/kept-searches.ts'
import { createProductIndex } from './search/product-index.ts'
import { stockChanged, type ProductStores } from './stores/store.ts'

export interface ProductsSubgraph extends Subgraph {
  /** For the seed. The subgraph must have been started. */
  readonly importProducts: ImportProducts
}

export function createProductsSubgraph(
  dependencies: SubgraphDependencies<ProductStores>,
  config: ProductsConfig,
): ProductsSubgraph {
  const { stores, bus, clock, newId, log } = dependencies
  const { products: store, notifications } = stores
  const loaders = loadersFrom(store)
  const index = keepSearches(createProductIndex())
  let indexing: Subscription | undefined

  /** Waits for what products consumes of inventory's stock; false where it took too long. */
  function untilStock(look: () => Promise<boolean>): Promise<boolean> {
    return notifications.until(stockChanged, { look, enough: (seen) => seen, atMost: config.NEW_STOCK_WAIT_MS })
  }

  const editing = createEditing({
    store,
    clock,
    newId,
    async stocked(variantIds) {
      const isStocked = await untilStock(() => store.knowsStockOf(variantIds))
      if (!isStocked) log.warn({ variantIds }, 'inventory has not answered for new variants')
    },
    async gone(variantIds) {
      const areGone = await untilStock(async () => !(await store.isInStock(variantIds)))
      if (!areGone) log.warn({ variantIds }, 'inventory has not answered for discontinued variants')
    },
  })

  const subgraph = defineSubgraph<Context>(
    {
      name: 'products',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers({ store, index, editing }),
      permissions,
      createContext: (viewer) => ({ viewer, loaders: loaders() }),
      stateReaders: [stockReader(store)],
      async startWorkers() {
        // Another replica may be the one that reads the stock that a request here waits for.
        const listener = await notifications.listen()
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
