import type DataLoader from 'dataloader'

import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { Account } from '../domain/account.ts'
import type { Address } from '../domain/address.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  /** Where the request comes from, as limits count it; undefined where the gateway does not send it. */
  readonly network: string | undefined
  readonly accounts: DataLoader<string, Account | undefined>
  /** By their user. */
  readonly addresses: DataLoader<string, readonly Address[]>
}
