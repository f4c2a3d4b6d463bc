import { fileURLToPath } from 'node:url'

import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { CartStores } from '../store.ts'
import { postgresCartStore } from './carts.ts'
import { postgresOfferStore } from './offers.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that cart keeps, in one PostgreSQL database. */
export function postgresCartStores(database: PostgresDatabase): CartStores {
  return {
    storage: postgresStorage(database, { migrations }),
    carts: postgresCartStore(database),
    offers: postgresOfferStore(database),
  }
}
