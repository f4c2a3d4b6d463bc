import type { Queryable } from '../../../../platform/postgres/database.ts'
import { reading } from './reading.ts'
import { writing } from './writing.ts'
import type { OrderStore } from '../store.ts'

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresOrderStore(queryable: Queryable): OrderStore {
  return { ...reading(queryable), ...writing(queryable) }
}
