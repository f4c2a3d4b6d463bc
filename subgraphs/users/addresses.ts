import type { PostalAddress } from '../../contracts/address.ts'
import type { Clock } from '../../platform/clock.ts'
import { SoukError } from '../../platform/errors.ts'
import type { NewId } from '../../platform/ids.ts'
import type { Database } from '../../platform/messaging/database.ts'
import { mostAddresses, nextDefault, type Address } from './domain/address.ts'
import type { UsersStore } from './stores/store.ts'

export type Added = { readonly kind: 'ADDED'; readonly address: Address } | { readonly kind: 'TOO_MANY' }

export interface AddressBook {
  add(userId: string, address: PostalAddress): Promise<Added>
  /** False when the user has no such address. */
  remove(userId: string, id: string): Promise<boolean>
}

export function createAddressBook(parts: {
  readonly database: Database<UsersStore>
  readonly clock: Clock
  readonly newId: NewId
}): AddressBook {
  const { database, clock, newId } = parts

  return {
    async add(userId, postal) {
      return database.transaction(async (transaction) => {
        const { store } = transaction
        // Who adds at the same time waits, so that neither the limit nor the one default is missed.
        if ((await store.lockAccount(userId)) === undefined) throw new SoukError('UNAUTHENTICATED')
        const kept = await store.addresses([userId])
        if (kept.length >= mostAddresses) return { kind: 'TOO_MANY' }
        const address: Address = {
          id: newId(),
          userId,
          ...postal,
          isDefault: kept.length === 0,
          createdAt: clock(),
        }
        await store.addAddress(address)
        return { kind: 'ADDED', address }
      })
    },

    async remove(userId, id) {
      return database.transaction(async (transaction) => {
        const { store } = transaction
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
