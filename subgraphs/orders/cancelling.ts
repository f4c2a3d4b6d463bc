import type { RefusalCode } from '../../contracts/graph/generated.ts'
import { refused, type Refused } from '../../platform/graphql/refusals.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import type { Database } from '../../platform/messaging/database.ts'
import type { CarryOn } from './checkout.ts'
import type { OrderStatus } from './domain/checkout.ts'
import type { Order } from './domain/order.ts'
import { mayRead } from './graph/permissions.ts'
import type { OrderStore } from './stores/store.ts'
import type { Notifications } from '../../platform/messaging/notifications.ts'
import { orderEnded } from './stores/store.ts'

export interface CancellingDependencies {
  readonly database: Database<OrderStore>
  readonly carryOn: CarryOn
  readonly notifications: Notifications
  /** Milliseconds to wait for stock and money to be given back. */
  readonly cancelWait: number
}

export type CancelOrder = (orderId: string, viewer: Viewer) => Promise<Order | Refused<RefusalCode>>

const heard = { message: 'orders.CancellationRequested' }

/** Asks the saga to give everything back, and answers when it has, or when the time is over. */
export function cancellingOrders(dependencies: CancellingDependencies): CancelOrder {
  const { database, carryOn, notifications, cancelWait } = dependencies

  /** What stands in the way of it; undefined once the saga has been asked. */
  async function request(orderId: string, viewer: Viewer): Promise<Refused<RefusalCode> | undefined> {
    return database.transaction(async (transaction) => {
      const open = (await transaction.store.lock([orderId])).get(orderId)
      if (open === undefined || !mayRead(viewer, open.order)) return refused('NOT_FOUND', 'There is no such order.')
      const obstacle = obstacles[open.order.checkout.status]
      if (obstacle !== undefined) return refused('ORDER_NOT_CANCELLABLE', obstacle)
      if (!isOver(open.order)) await carryOn(open, { input: { kind: 'CANCEL_ORDER' }, heard }, transaction)
      return undefined
    })
  }

  return async (orderId, viewer) => {
    const refusal = await request(orderId, viewer)
    if (refusal !== undefined) return refusal
    const order = await notifications.until(orderEnded(orderId), {
      look: async () => (await database.store.byIds([orderId]))[0],
      enough: (seen) => seen === undefined || isOver(seen),
      atMost: cancelWait,
    })
    return order ?? refused('NOT_FOUND', 'There is no such order.')
  }
}

const obstacles: Partial<Record<OrderStatus, string>> = {
  REJECTED: 'The order was not completed, so there is nothing to cancel.',
  SHIPPED: 'The order is on its way already.',
  DELIVERED: 'The order has been delivered.',
}

function isOver({ checkout: { status } }: Order): boolean {
  return status === 'CANCELLED' || status === 'REJECTED'
}
