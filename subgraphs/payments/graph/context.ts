import type DataLoader from 'dataloader'

import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { Payment } from '../domain/payment.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  readonly payments: DataLoader<string, Payment | undefined>
  readonly paymentsOfOrders: DataLoader<string, Payment | undefined>
}
