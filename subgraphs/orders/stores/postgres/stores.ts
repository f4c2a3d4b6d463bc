import { fileURLToPath } from 'node:url'

import { databaseWith, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { OrderStores } from '../store.ts'
import { postgresOrderStore } from './store.ts'
import { postgresReadModels } from './read-models.ts'
import { postgresNotifications } from '../../../../platform/postgres/notifications.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that orders keeps, in one PostgreSQL database. */
export function postgresOrderStores(database: PostgresDatabase): OrderStores {
  return {
    storage: postgresStorage(database, { migrations, storeIn: postgresOrderStore }),
    database: databaseWith(database, postgresOrderStore),
    readModels: postgresReadModels(database),
    notifications: postgresNotifications(database),
  }
}
