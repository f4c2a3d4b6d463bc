import type { Database } from '../../../../platform/postgres/database.ts'
import { reading } from './reading.ts'
import { saving } from './saving.ts'
import { stock } from './stock.ts'
import type { ProductStore } from '../store.ts'

export { stockChannel } from './stock.ts'

export function postgresProductStore(database: Database): ProductStore {
  return { ...reading(database), ...saving(database), ...stock(database) }
}
