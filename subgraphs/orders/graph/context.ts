import type DataLoader from 'dataloader'

import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { Step } from '../domain/history.ts'
import type { Order } from '../domain/order.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  readonly orders: DataLoader<string, Order | undefined>
  /** Oldest first. */
  readonly steps: DataLoader<string, readonly Step[]>
}
