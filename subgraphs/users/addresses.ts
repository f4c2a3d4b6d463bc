import { addressInput } from '../../contracts/address.ts'
import type { Clock } from '../../platform/clock.ts'
import { SoukError } from '../../platform/errors.ts'
import { parseInput, refused, type InvalidInput, type Refused } from '../../platform/graphql/refusals.ts'
import { isUuid, type NewId } from '../../platform/ids.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import { mostAddresses, nextDefault, type Address } from './domain.ts'
import type { UsersStore } from './stores/store.ts'

export interface AddressBook {
  add(userId: string, input: unknown): Promise<(Address & { readonly __typename: 'Address' }) | Refused | InvalidInput>
  /** False when the user has no such address. */
  remove(userId: string, id: string): Promise<boolean>
}

export function createAddressBook(parts: {
  readonly database: Database
  storeIn(queryable: Queryable): UsersStore
  readonly clock: Clock
  readonly newId: NewId
}): AddressBook {
  const { database, storeIn, clock, newId } = parts

  return {
    async add(userId, raw) {
      const input = parseInput(addressInput, raw)
      if (!input.ok) return input.refusal
      return database.transaction(async (transaction) => {
        const store = storeIn(transaction)
        // Who adds at the same time waits, so that neither the limit nor the one default is missed.
        if ((await store.lockAccount(userId)) === undefined) throw new SoukError('UNAUTHENTICATED')
        const kept = await store.addresses([userId])
        if (kept.length >= mostAddresses) {
          return refused(
            'QUANTITY_LIMIT',
            `You have ${mostAddresses} addresses, the most there can be. Remove one first.`,
          )
        }
        const address: Address = {
          id: newId(),
          userId,
          ...input.value,
          isDefault: kept.length === 0,
          createdAt: clock(),
        }
        await store.addAddress(address)
        return { ...address, __typename: 'Address' as const }
      })
    },

    async remove(userId, id) {
      if (!isUuid(id)) return false
      return database.transaction(async (transaction) => {
        const store = storeIn(transaction)
        await store.lockAccount(userId)
        const removed = await store.removeAddress(userId, id)
        if (removed === undefined) return false
        const next = nextDefault(removed, await store.addresses([userId]))
        if (next !== undefined) await store.makeDefault(next.id)
        return true
      })
    },
  }
}
