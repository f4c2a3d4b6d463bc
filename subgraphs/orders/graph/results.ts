import { refused } from '../../../platform/graphql/refusals.ts'
import { formatMoney } from '../../../platform/money.ts'
import type { Cancelled } from '../cancel-order.ts'
import type { Placed } from '../place-order/place-order.ts'
import type { ResolversTypes } from './generated.ts'

/** What the use cases answer, as types of the graph. */

export function placeOrderResult(placed: Placed): ResolversTypes['PlaceOrderResult'] {
  switch (placed.kind) {
    case 'ORDER':
      return { __typename: 'Order', ...placed.order }
    case 'KEY_REUSED':
      return refused('IDEMPOTENCY_CONFLICT', 'This idempotency key has been used for another input.')
    case 'CART_ORDERED':
      return refused('CONFLICT', 'This cart has been ordered already; look among your orders.')
    case 'TRY_AGAIN':
      return refused('CONFLICT', 'The order could not be placed just now; try again.')
    case 'CART_EMPTY':
      return refused('CART_EMPTY', 'There is nothing in your cart.')
    case 'CART_CHANGED':
      return refused('CART_CHANGED', 'Your cart has changed since you looked at it; read it again.')
    case 'PRICE_CHANGED': {
      const { expectedTotal, currentTotal } = placed
      const message = `The total is ${formatMoney(currentTotal)} now; it was ${formatMoney(expectedTotal)}.`
      return { __typename: 'PriceChanged', code: 'PRICE_CHANGED', message, expectedTotal, currentTotal }
    }
    case 'OUT_OF_STOCK': {
      const message = 'There is not enough left of everything in your cart.'
      return { __typename: 'OutOfStock', code: 'OUT_OF_STOCK', message, shortages: [...placed.shortages] }
    }
  }
}

export function cancelOrderResult(cancelled: Cancelled): ResolversTypes['OrderResult'] {
  switch (cancelled.kind) {
    case 'ORDER':
      return { __typename: 'Order', ...cancelled.order }
    case 'NOT_FOUND':
      return refused('NOT_FOUND', 'There is no such order.')
    case 'NOT_CANCELLABLE':
      return refused('ORDER_NOT_CANCELLABLE', obstacles[cancelled.status])
  }
}

const obstacles = {
  REJECTED: 'The order was not completed, so there is nothing to cancel.',
  SHIPPED: 'The order is on its way already.',
  DELIVERED: 'The order has been delivered.',
} as const
