import type { Queryable } from '../../../../platform/postgres/database.ts'
import { postgresReservations } from './reservations.ts'
import { postgresStatuses } from './statuses.ts'
import { postgresStock } from './stock.ts'
import type { InventoryStore } from '../store.ts'

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresInventoryStore(queryable: Queryable): InventoryStore {
  return { ...postgresStock(queryable), ...postgresStatuses(queryable), ...postgresReservations(queryable) }
}
