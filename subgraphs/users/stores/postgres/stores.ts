import { fileURLToPath } from 'node:url'

import { databaseWith, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { UsersStores } from '../store.ts'
import { postgresUsersStore } from './store.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that users keeps, in one PostgreSQL database. */
export function postgresUsersStores(database: PostgresDatabase): UsersStores {
  return {
    storage: postgresStorage(database, { migrations, storeIn: postgresUsersStore }),
    database: databaseWith(database, postgresUsersStore),
  }
}
