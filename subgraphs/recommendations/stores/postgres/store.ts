import type { Queryable } from '../../../../platform/postgres/database.ts'
import { postgresCatalogue } from './catalogue.ts'
import { postgresHistory } from './history.ts'
import { postgresLists } from './lists.ts'
import type { RecommendationStore } from '../store.ts'

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresRecommendationStore(queryable: Queryable): RecommendationStore {
  return { ...postgresCatalogue(queryable), ...postgresHistory(queryable), ...postgresLists(queryable) }
}
