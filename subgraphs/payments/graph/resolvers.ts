import { isStaff, isUser, type Viewer } from '../../../platform/identity/viewer.ts'
import type { Payment } from '../domain/payment.ts'
import type { Resolvers } from './generated.ts'

/** The payment when the viewer may see it; else nothing, whether there is one or not. */
function visibleTo(viewer: Viewer, payment: Payment | undefined): Payment | null {
  if (payment === undefined) return null
  return isUser(viewer, payment.userId) || isStaff(viewer) ? payment : null
}

export const resolvers: Resolvers = {
  Order: {
    async payment({ id }, _args, { viewer, paymentsOfOrders }) {
      return visibleTo(viewer, await paymentsOfOrders.load(id))
    },
  },
  Payment: {
    async __resolveReference({ id }, { viewer, payments }) {
      return visibleTo(viewer, await payments.load(id))
    },
  },
}
