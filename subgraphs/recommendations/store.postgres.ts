import type { Queryable } from '../../platform/postgres/database.ts'
import { postgresCatalogue } from './postgres/catalogue.ts'
import { postgresHistory } from './postgres/history.ts'
import { postgresLists } from './postgres/lists.ts'
import type { RecommendationStore } from './store.ts'

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresRecommendationStore(queryable: Queryable): RecommendationStore {
  return { ...postgresCatalogue(queryable), ...postgresHistory(queryable), ...postgresLists(queryable) }
}
