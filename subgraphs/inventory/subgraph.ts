import { fileURLToPath } from 'node:url'

import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { InventoryConfig } from './config.ts'
import type { Context } from './context.ts'
import { catalogueReader, checkoutHandlers } from './events.ts'
import { expireReservations } from './expiry.ts'
import { levelLoader } from './loaders.ts'
import { permissions } from './permissions.ts'
import { createResolvers } from './resolvers.ts'
import { postgresInventoryStore } from './store.postgres.ts'

export function createInventorySubgraph(dependencies: SubgraphDependencies, config: InventoryConfig): Subgraph {
  const { database, log } = dependencies
  const storeIn = postgresInventoryStore
  const events = { database, storeIn, holdFor: config.RESERVATION_MINUTES * 60_000 }
  return defineSubgraph<Context>(
    {
      name: 'inventory',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
      resolvers: createResolvers({ database, storeIn }),
      permissions,
      createContext: (viewer) => ({ viewer, levels: levelLoader(storeIn(database)) }),
      handlers: checkoutHandlers(events),
      stateReaders: [catalogueReader(events)],
      startWorkers: () => [expireReservations({ database, log, storeIn })],
    },
    dependencies,
  )
}
