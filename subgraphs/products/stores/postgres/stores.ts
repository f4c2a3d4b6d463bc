import { fileURLToPath } from 'node:url'

import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { ProductStores } from '../store.ts'
import { postgresNotifications } from '../../../../platform/postgres/notifications.ts'
import { postgresProductStore } from './store.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that products keeps, in one PostgreSQL database. */
export function postgresProductStores(database: PostgresDatabase): ProductStores {
  return {
    storage: postgresStorage(database, { migrations }),
    products: postgresProductStore(database),
    notifications: postgresNotifications(database),
  }
}
