import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { Stores } from '../../../../platform/subgraph/deps.ts'

/** Operations keeps nothing of its own yet: dead letters are the bus's. */
export function postgresOperationsStores(database: PostgresDatabase): Stores {
  return { storage: postgresStorage(database) }
}
