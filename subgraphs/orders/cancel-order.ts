import type { Viewer } from '../../platform/identity/viewer.ts'
import type { Database } from '../../platform/messaging/database.ts'
import type { Notifications } from '../../platform/messaging/notifications.ts'
import type { Order } from './domain/order.ts'
import { mayRead } from './may-read.ts'
import type { AdvanceOrder } from './saga/advance-order.ts'
import { orderEnded, type OrderStore } from './stores/store.ts'

export interface CancelDependencies {
  readonly database: Database<OrderStore>
  readonly advanceOrder: AdvanceOrder
  readonly notifications: Notifications
  /** Milliseconds to wait for stock and money to be given back. */
  readonly cancelWait: number
}

type Refused =
  | { readonly kind: 'NOT_FOUND' }
  | { readonly kind: 'NOT_CANCELLABLE'; readonly status: 'REJECTED' | 'SHIPPED' | 'DELIVERED' }

/** The order as it is when the wait is over: cancelled, or with its cancellation still under way. */
export type Cancelled = { readonly kind: 'ORDER'; readonly order: Order } | Refused

export type CancelOrder = (orderId: string, viewer: Viewer) => Promise<Cancelled>

const cause = { message: 'orders.CancellationRequested' }

/** Asks the saga to give everything back, and answers when it has, or when the time is over. */
export function cancellingOrders(dependencies: CancelDependencies): CancelOrder {
  const { database, advanceOrder, notifications, cancelWait } = dependencies

  /** Undefined once the saga has been asked, now or before. */
  async function request(orderId: string, viewer: Viewer): Promise<Refused | undefined> {
    return database.transaction(async (transaction) => {
      const open = (await transaction.store.lock([orderId])).get(orderId)
      if (open === undefined || !mayRead(viewer, open.order)) return { kind: 'NOT_FOUND' }
      const { status } = open.order.checkout
      if (status === 'REJECTED' || status === 'SHIPPED' || status === 'DELIVERED') {
        return { kind: 'NOT_CANCELLABLE', status }
      }
      if (!isOver(open.order)) await advanceOrder(open, { input: { kind: 'CANCEL_ORDER' }, cause }, transaction)
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
    return order === undefined ? { kind: 'NOT_FOUND' } : { kind: 'ORDER', order }
  }
}

function isOver({ checkout: { status } }: Order): boolean {
  return status === 'CANCELLED' || status === 'REJECTED'
}
