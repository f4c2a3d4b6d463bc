import { fileURLToPath } from 'node:url'

import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { InventoryConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { catalogueReader, checkoutHandlers } from './events.ts'
import { expireReservations } from './expire-reservations.ts'
import { levelLoader } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { createResolvers } from './graph/resolvers.ts'
import { settingStock } from './set-stock.ts'
import type { PastSale } from './stores/store.ts'
import { postgresInventoryStore } from './stores/postgres/store.ts'

export interface InventorySubgraph extends Subgraph {
  /** For the seed: what past orders took. Those known already are left as they are. */
  importSales(sales: readonly PastSale[]): Promise<void>
}

export function createInventorySubgraph(
  dependencies: SubgraphDependencies,
  config: InventoryConfig,
): InventorySubgraph {
  const { database, log } = dependencies
  const storeIn = postgresInventoryStore
  const events = { database, storeIn, holdFor: config.RESERVATION_MINUTES * 60_000 }
  const subgraph = defineSubgraph<Context>(
    {
      name: 'inventory',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      migrations: fileURLToPath(new URL('./stores/migrations', import.meta.url)),
      resolvers: createResolvers({ setStock: settingStock({ database, storeIn }) }),
      permissions,
      createContext: (viewer) => ({ viewer, levels: levelLoader(storeIn(database)) }),
      handlers: checkoutHandlers(events),
      stateReaders: [catalogueReader(events)],
      startWorkers: () => [expireReservations({ database, log, storeIn })],
    },
    dependencies,
  )
  return { ...subgraph, importSales: (sales) => storeIn(database).importSales(sales) }
}
