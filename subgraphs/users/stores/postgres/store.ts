import type { Queryable } from '../../../../platform/postgres/database.ts'
import { postgresAccounts } from './accounts.ts'
import { postgresAddresses } from './addresses.ts'
import { postgresKeys } from './keys.ts'
import { postgresTokens } from './tokens.ts'
import type { UsersStore } from '../store.ts'

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresUsersStore(queryable: Queryable): UsersStore {
  return {
    ...postgresAccounts(queryable),
    ...postgresAddresses(queryable),
    ...postgresTokens(queryable),
    ...postgresKeys(queryable),
  }
}
