import { fileURLToPath } from 'node:url'

import { databaseWith, type PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { postgresStorage } from '../../../../platform/postgres/storage.ts'
import type { RecommendationStores } from '../store.ts'
import { postgresConversations } from './conversations.ts'
import { postgresRecommendationStore } from './store.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

/** All that recommendations keeps, in one PostgreSQL database. */
export function postgresRecommendationStores(database: PostgresDatabase): RecommendationStores {
  return {
    storage: postgresStorage(database, { migrations, storeIn: postgresRecommendationStore }),
    database: databaseWith(database, postgresRecommendationStore),
    conversations: postgresConversations(database),
  }
}
