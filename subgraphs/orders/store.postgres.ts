import type { Queryable } from '../../platform/postgres/database.ts'
import { reading } from './postgres/reading.ts'
import { writing } from './postgres/writing.ts'
import type { OrderStore } from './store.ts'

export { newsChannel } from './postgres/news.ts'
export { postgresReadModels } from './postgres/read-models.ts'

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresOrderStore(queryable: Queryable): OrderStore {
  return { ...reading(queryable), ...writing(queryable) }
}
