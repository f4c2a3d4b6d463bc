import type { Queryable } from '../../../../platform/postgres/database.ts'
import { postgresCatalogue } from './catalogue.ts'
import { postgresFeedback } from './feedback.ts'
import { postgresHistory } from './history.ts'
import { postgresModels } from './models.ts'
import { postgresSimilar } from './similar.ts'
import type { RecommendationStore } from '../store.ts'

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresRecommendationStore(queryable: Queryable): RecommendationStore {
  return {
    ...postgresCatalogue(queryable),
    ...postgresHistory(queryable),
    ...postgresModels(queryable),
    ...postgresSimilar(queryable),
    ...postgresFeedback(queryable),
  }
}
