import type { Database } from '../../platform/postgres/database.ts'
import { reading } from './postgres/reading.ts'
import { saving } from './postgres/saving.ts'
import { stock } from './postgres/stock.ts'
import type { ProductStore } from './store.ts'

export { stockChannel } from './postgres/stock.ts'

export function postgresProductStore(database: Database): ProductStore {
  return { ...reading(database), ...saving(database), ...stock(database) }
}
