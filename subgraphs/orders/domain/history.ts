import type { OrderReason, OrderStatus } from './checkout.ts'

/** One step of a checkout as it ran; kept for ever, in the transaction of the step itself. */
export interface Step {
  readonly at: Date
  readonly kind: 'COMMAND' | 'EVENT' | 'COMPENSATION' | 'TIMEOUT'
  /** The message's type, such as `inventory.ReserveStock`. */
  readonly message: string
  readonly attempt: number
  readonly traceId: string | null
  readonly detail: string | null
  /** The order's status after it; null where the step changed nothing of the order. */
  readonly status: OrderStatus | null
}

export interface TimelineEntry {
  readonly at: Date
  readonly status: OrderStatus
  readonly message: string
}

const texts: Readonly<Record<string, string>> = {
  'orders.OrderPlaced': 'We have received your order.',
  'inventory.StockReserved': 'Everything in it is set aside for you.',
  'payments.PaymentCaptured': 'Your payment went through.',
  'orders.OrderConfirmed': 'Your order is confirmed and is being packed.',
  'orders.CancellationRequested': 'We are cancelling your order.',
  'payments.PaymentRefunded': 'Your payment has been refunded.',
  'orders.OrderCancelled': 'Your order is cancelled.',
  'orders.OrderDelivered': 'Your order has been delivered.',
}

const rejections: Readonly<Record<OrderReason, string>> = {
  OUT_OF_STOCK: 'Something in it has just been sold out, so your order was not completed. Nothing stays charged.',
  PAYMENT_DECLINED: 'Your payment was declined, so your order was not completed. Nothing has been charged.',
  CONFLICT: 'Your order could not be completed. Nothing stays charged.',
}

/** What happened, oldest first, in words for the customer; what only machines care for is left out. */
export function timeline(steps: readonly Step[], reason: OrderReason | null): TimelineEntry[] {
  return steps.flatMap(({ at, message, status }) => {
    const text = message === 'orders.OrderRejected' && reason !== null ? rejections[reason] : texts[message]
    return status === null || text === undefined ? [] : [{ at, status, message: text }]
  })
}
