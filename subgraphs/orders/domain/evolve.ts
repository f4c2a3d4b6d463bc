import type { Checkout, CheckoutEvent } from './checkout.ts'

/** The checkout after an event. */
export function evolve(checkout: Checkout, event: CheckoutEvent): Checkout {
  switch (event.kind) {
    case 'PLACED':
      return { ...checkout, state: 'RESERVING', attempt: 1 }
    case 'STATE_ENTERED':
      return { ...checkout, state: event.state, attempt: 1 }
    case 'COMMANDS_REPEATED':
      return { ...checkout, attempt: checkout.attempt + 1 }
    case 'CANCELLATION_REQUESTED':
      return { ...checkout, cancelRequested: true }
    case 'STOCK_HELD':
      return { ...checkout, stock: 'HELD' }
    case 'STOCK_TAKEN':
      return { ...checkout, stock: 'TAKEN' }
    case 'STOCK_FREED':
      return { ...checkout, stock: 'FREED' }
    case 'MONEY_CAPTURED':
      return { ...checkout, money: 'CAPTURED' }
    case 'MONEY_REFUNDED':
      return { ...checkout, money: 'REFUNDED' }
    case 'FAILED':
      return { ...checkout, reason: event.reason }
    case 'CONFIRMED':
      return { ...checkout, state: 'COMPLETED', status: 'CONFIRMED' }
    case 'REJECTED':
      return { ...checkout, state: 'REJECTED', status: 'REJECTED' }
    case 'CANCELLED':
      return { ...checkout, state: 'CANCELLED', status: 'CANCELLED', reason: null }
  }
}
