import { isStaff, isUser, type Viewer } from '../../../platform/identity/viewer.ts'
import type { Notification } from '../domain.ts'
import type { Resolvers } from './generated.ts'

function mayRead(viewer: Viewer, { userId }: Notification): boolean {
  return isUser(viewer, userId) || isStaff(viewer)
}

export const resolvers: Resolvers = {
  Order: {
    async notifications({ id }, _args, { viewer, notificationsOfOrders }) {
      return (await notificationsOfOrders.load(id)).filter((notification) => mayRead(viewer, notification))
    },
  },
  Notification: {
    async __resolveReference({ id }, { viewer, notifications }) {
      const notification = await notifications.load(id)
      return notification !== undefined && mayRead(viewer, notification) ? notification : null
    },
  },
}
