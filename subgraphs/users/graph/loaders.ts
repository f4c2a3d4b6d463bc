import DataLoader from 'dataloader'

import type { Account } from '../domain/account.ts'
import type { Address } from '../domain/address.ts'
import type { AccountStore, AddressStore } from '../stores/store.ts'

/** Many accounts in one statement. */
export function accountLoader(store: AccountStore): DataLoader<string, Account | undefined> {
  return new DataLoader(async (ids) => {
    const accounts = new Map((await store.accounts(ids)).map((account) => [account.id, account]))
    return ids.map((id) => accounts.get(id))
  })
}

/** The addresses of many users in one statement. */
export function addressLoader(store: AddressStore): DataLoader<string, readonly Address[]> {
  return new DataLoader(async (userIds) => {
    const all = await store.addresses(userIds)
    return userIds.map((userId) => all.filter((address) => address.userId === userId))
  })
}
