import { isStaff, isUser, type Viewer } from '../../../platform/identity/viewer.ts'
import { isUuid } from '../../../platform/ids.ts'
import type { Payment } from '../domain.ts'
import type { Resolvers } from './generated.ts'

/** The payment when the viewer may see it; else nothing, whether there is one or not. */
function visibleTo(viewer: Viewer, payment: Payment | undefined): Payment | null {
  if (payment === undefined) return null
  return isUser(viewer, payment.userId) || isStaff(viewer) ? payment : null
}

export const resolvers: Resolvers = {
  Order: {
    async payment({ id }, _args, { viewer, paymentsOfOrders }) {
      return isUuid(id) ? visibleTo(viewer, await paymentsOfOrders.load(id)) : null
    },
  },
  Payment: {
    async __resolveReference({ id }, { viewer, payments }) {
      return isUuid(id) ? visibleTo(viewer, await payments.load(id)) : null
    },
  },
}
