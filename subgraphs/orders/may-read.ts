import { isStaff, isUser, type Viewer } from '../../platform/identity/viewer.ts'
import type { Order } from './domain/order.ts'

/** Own orders, or any for staff. */
export function mayRead(viewer: Viewer, { userId }: Order): boolean {
  return isUser(viewer, userId) || isStaff(viewer)
}
