import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { reading } from './reading.ts'
import { saving } from './saving.ts'
import { stock } from './stock.ts'
import type { ProductStore } from '../store.ts'

export function postgresProductStore(database: PostgresDatabase): ProductStore {
  return { ...reading(database), ...saving(database), ...stock(database) }
}
