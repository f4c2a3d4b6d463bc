import type { Money } from '../../platform/money.ts'
import type { Database } from '../../platform/messaging/database.ts'
import type { Checkout } from './domain/checkout.ts'
import type { Step } from './domain/history.ts'
import { totalOf, type Order, type ShippingAddress } from './domain/order.ts'
import type { OrderStore } from './stores/store.ts'

/** An order that was placed, paid and delivered elsewhere, with its ids. */
export interface DeliveredOrder {
  readonly orderId: string
  readonly userId: string
  readonly placedAt: Date
  readonly lines: readonly {
    readonly lineId: string
    readonly variantId: string
    readonly productId: string
    readonly name: string
    readonly unitPrice: Money
    readonly quantity: number
  }[]
  readonly total: Money
  readonly shippingAddress: ShippingAddress
}

/** For the seed. Publishes nothing of them; those that are there already are left as they are. */
export type ImportDeliveredOrders = (orders: readonly DeliveredOrder[]) => Promise<void>

const delivered: Checkout = {
  state: 'COMPLETED',
  status: 'DELIVERED',
  reason: null,
  stock: 'TAKEN',
  money: 'CAPTURED',
  cancelRequested: false,
  attempt: 1,
}

export function importerInto(parts: {
  readonly database: Database<OrderStore>
  readonly newNumber: () => string
}): ImportDeliveredOrders {
  const { database, newNumber } = parts
  return async (orders) => {
    const past = orders.map((order) => ({ order: orderFrom(order, newNumber()), steps: stepsOf(order) }))
    await database.store.importPast(past)
  }
}

function orderFrom({ orderId, lines, placedAt, ...given }: DeliveredOrder, number: string): Order {
  if (totalOf(lines).amount !== given.total.amount) throw new Error(`the lines of order ${orderId} are not its total`)
  return {
    ...given,
    id: orderId,
    number,
    lines: lines.map(({ lineId, ...line }) => ({ ...line, id: lineId, cartLineId: null })),
    placedAt,
    updatedAt: placedAt,
    cart: null,
    checkout: delivered,
    version: 1,
  }
}

/** Nobody has kept when it was delivered, only that it was. */
function stepsOf({ placedAt: at }: DeliveredOrder): Step[] {
  const step = { at, kind: 'EVENT', attempt: 1, traceId: null, detail: 'imported' } as const
  return [
    { ...step, message: 'orders.OrderPlaced', status: 'PENDING' },
    { ...step, message: 'orders.OrderDelivered', status: 'DELIVERED' },
  ]
}
