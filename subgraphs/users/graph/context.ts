import type DataLoader from 'dataloader'

import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { Account, Address } from '../domain.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  readonly accounts: DataLoader<string, Account | undefined>
  /** By their user. */
  readonly addresses: DataLoader<string, readonly Address[]>
}
