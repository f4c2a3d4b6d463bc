import type DataLoader from 'dataloader'

import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { Notification } from '../domain.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  readonly notifications: DataLoader<string, Notification | undefined>
  readonly notificationsOfOrders: DataLoader<string, Notification[]>
}
