import { fileURLToPath } from 'node:url'

import { databaseWith, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { InventoryStores } from '../store.ts'
import { postgresInventoryStore } from './store.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that inventory keeps, in one PostgreSQL database. */
export function postgresInventoryStores(database: PostgresDatabase): InventoryStores {
  return {
    storage: postgresStorage(database, { migrations, storeIn: postgresInventoryStore }),
    database: databaseWith(database, postgresInventoryStore),
  }
}
