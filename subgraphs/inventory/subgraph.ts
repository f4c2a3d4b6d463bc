import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { InventoryConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { catalogueReader, checkoutHandlers } from './events.ts'
import { expireReservations } from './expire-reservations.ts'
import { levelLoaders } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { createResolvers } from './graph/resolvers.ts'
import { settingStock } from './set-stock.ts'
import type { InventoryStore, InventoryStores, PastSale } from './stores/store.ts'

export interface InventorySubgraph extends Subgraph {
  /** For the seed: what past orders took. Those known already are left as they are. */
  importSales(sales: readonly PastSale[]): Promise<void>
}

export function createInventorySubgraph(
  dependencies: SubgraphDependencies<InventoryStores>,
  config: InventoryConfig,
): InventorySubgraph {
  const { stores, bus, log } = dependencies
  const { database } = stores
  const catalogue = catalogueReader(database)
  const levels = levelLoaders(database.store)
  const subgraph = defineSubgraph<Context, InventoryStore>(
    {
      name: 'inventory',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers({ setStock: settingStock({ database }) }),
      permissions,
      createContext: (viewer) => ({ viewer, levels: levels() }),
      handlers: checkoutHandlers({ holdFor: config.RESERVATION_MINUTES * 60_000 }),
      stateReaders: [catalogue],
      async startWorkers() {
        // A migration that adds to what is known of a variant cannot fill it in.
        if (await database.store.lacksStatus()) await bus.rereadState(catalogue.name)
        return [expireReservations({ database, log })]
      },
    },
    dependencies,
  )
  return { ...subgraph, importSales: (sales) => database.store.importSales(sales) }
}
