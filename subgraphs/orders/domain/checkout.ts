export type OrderStatus = 'PENDING' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED' | 'SHIPPED' | 'DELIVERED'

/** Why an order could not be completed. */
export type OrderReason = 'OUT_OF_STOCK' | 'PAYMENT_DECLINED' | 'CONFLICT'

/** How far the saga has come; transitions.ts says which state can follow which. */
export type CheckoutState =
  'NONE' | 'RESERVING' | 'CAPTURING' | 'COMMITTING' | 'COMPLETED' | 'COMPENSATING' | 'REJECTED' | 'CANCELLED'

/** What the saga knows; all of its decisions follow from this. */
export interface Checkout {
  readonly state: CheckoutState
  readonly status: OrderStatus
  /** Known as soon as something has failed; shown once the order is REJECTED. */
  readonly reason: OrderReason | null
  /** What inventory does for the order, as far as its answers show. */
  readonly stock: 'NONE' | 'HELD' | 'TAKEN' | 'FREED'
  readonly money: 'NONE' | 'CAPTURED' | 'REFUNDED'
  readonly cancelRequested: boolean
  /** How often the commands of this state have been sent. */
  readonly attempt: number
}

export const initialCheckout: Checkout = {
  state: 'NONE',
  status: 'PENDING',
  reason: null,
  stock: 'NONE',
  money: 'NONE',
  cancelRequested: false,
  attempt: 0,
}

/** The commands to inventory and payments. */
export type CommandKind = 'RESERVE_STOCK' | 'CAPTURE_PAYMENT' | 'COMMIT_STOCK' | 'RELEASE_STOCK' | 'REFUND_PAYMENT'

/** What can happen to a checkout: what somebody asks of it, an answer of inventory or payments, time that passes. */
export type Input =
  | { readonly kind: 'PLACE_ORDER' }
  | { readonly kind: 'DEADLINE_PASSED' }
  | { readonly kind: 'CANCEL_ORDER' }
  | { readonly kind: 'STOCK_RESERVED' | 'STOCK_COMMITTED' }
  /** `short` is false where it is not stock that is missing: the order has been released before. */
  | { readonly kind: 'STOCK_REFUSED'; readonly short: boolean }
  | { readonly kind: 'STOCK_RELEASED'; readonly why: 'ASKED' | 'EXPIRED' }
  | { readonly kind: 'PAYMENT_CAPTURED' | 'PAYMENT_DECLINED' | 'PAYMENT_REFUNDED' }

/** What can happen once the order is placed, beside time that passes. */
export type LaterInput = Exclude<Input, { readonly kind: 'PLACE_ORDER' | 'DEADLINE_PASSED' }>

/** What has become true of a checkout. */
export type CheckoutEvent =
  | { readonly kind: 'PLACED' | 'CANCELLATION_REQUESTED' | 'COMMANDS_REPEATED' }
  | { readonly kind: 'STOCK_HELD' | 'STOCK_TAKEN' | 'STOCK_FREED' | 'MONEY_CAPTURED' | 'MONEY_REFUNDED' }
  | { readonly kind: 'STATE_ENTERED'; readonly state: 'CAPTURING' | 'COMMITTING' | 'COMPENSATING' }
  | { readonly kind: 'FAILED'; readonly reason: OrderReason }
  | { readonly kind: 'CONFIRMED' | 'REJECTED' | 'CANCELLED' }

/** The commands whose answers the checkout waits for; they are sent again while no answer comes. */
export function owedCommands({ state, stock, money }: Checkout): readonly CommandKind[] {
  switch (state) {
    case 'NONE':
    case 'COMPLETED':
      return []
    case 'RESERVING':
      return ['RESERVE_STOCK']
    case 'CAPTURING':
      return ['CAPTURE_PAYMENT']
    case 'COMMITTING':
      return ['COMMIT_STOCK']
    case 'COMPENSATING':
    case 'REJECTED':
    case 'CANCELLED':
      // Even after the end: a late answer may show that stock is held or money charged after all.
      return [
        ...(money === 'CAPTURED' ? (['REFUND_PAYMENT'] as const) : []),
        ...(stock === 'HELD' || stock === 'TAKEN' ? (['RELEASE_STOCK'] as const) : []),
      ]
  }
}

/** Milliseconds to wait for an answer: longer with each attempt, up to twenty times. */
export function patience(checkout: Checkout, firstDeadline: number): number | null {
  return owedCommands(checkout).length === 0 ? null : firstDeadline * Math.min(checkout.attempt, 20)
}
