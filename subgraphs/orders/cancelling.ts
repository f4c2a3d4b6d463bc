import { refused, type Refused } from '../../platform/graphql/refusals.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import type { CarryOn } from './checkout.ts'
import type { OrderStatus } from './domain/checkout.ts'
import type { Order } from './domain/order.ts'
import { mayRead } from './graph/permissions.ts'
import type { OrderStore } from './stores/store.ts'
import { newsOfOrder, type News } from './waiting.ts'

export interface CancellingDependencies {
  readonly database: Database
  readonly carryOn: CarryOn
  readonly news: News
  /** Milliseconds to wait for stock and money to be given back. */
  readonly cancelWait: number
  storeIn(queryable: Queryable): OrderStore
}

export type CancelOrder = (orderId: string, viewer: Viewer) => Promise<Order | Refused>

const heard = { message: 'orders.CancellationRequested' }

/** Asks the saga to give everything back, and answers when it has, or when the time is over. */
export function cancellingOrders(dependencies: CancellingDependencies): CancelOrder {
  const { database, storeIn, carryOn, news, cancelWait } = dependencies

  /** What stands in the way of it; undefined once the saga has been asked. */
  async function request(orderId: string, viewer: Viewer): Promise<Refused | undefined> {
    return database.transaction(async (transaction) => {
      const open = (await storeIn(transaction).lock([orderId])).get(orderId)
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
    const order = await news.until(newsOfOrder(orderId), {
      look: async () => (await storeIn(database).byIds([orderId]))[0],
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
