import { fileURLToPath } from 'node:url'

import { databaseWith, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { PaymentStores } from '../store.ts'
import { postgresPaymentStore } from './store.ts'
import { postgresLedger } from './ledger.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that payments keeps, in one PostgreSQL database. */
export function postgresPaymentStores(database: PostgresDatabase): PaymentStores {
  return {
    storage: postgresStorage(database, { migrations, storeIn: postgresPaymentStore }),
    database: databaseWith(database, postgresPaymentStore),
    ledger: postgresLedger(database),
  }
}
