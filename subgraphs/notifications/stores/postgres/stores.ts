import { fileURLToPath } from 'node:url'

import { databaseWith, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { NotificationStores } from '../store.ts'
import { postgresNotificationStore } from './store.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that notifications keeps, in one PostgreSQL database. */
export function postgresNotificationStores(database: PostgresDatabase): NotificationStores {
  return {
    storage: postgresStorage(database, { migrations, storeIn: postgresNotificationStore }),
    database: databaseWith(database, postgresNotificationStore),
  }
}
