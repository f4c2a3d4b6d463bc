import { commitStock, releaseStock, reserveStock } from '../../../contracts/inventory.ts'
import { orderCancelled, orderConfirmed, orderPlaced, orderRejected } from '../../../contracts/orders.ts'
import { capturePayment, refundPayment } from '../../../contracts/payments.ts'
import { outgoing, type OutgoingMessage } from '../../../platform/messaging/message.ts'
import type { CheckoutEvent, CommandKind } from '../domain/checkout.ts'
import { lineTotal, type Order } from '../domain/order.ts'
import type { OpenOrder } from '../stores/store.ts'

export const commandTypes: Readonly<Record<CommandKind, string>> = {
  RESERVE_STOCK: reserveStock.type,
  CAPTURE_PAYMENT: capturePayment.type,
  COMMIT_STOCK: commitStock.type,
  RELEASE_STOCK: releaseStock.type,
  REFUND_PAYMENT: refundPayment.type,
}

/** A command of the saga as its recipient reads it. */
export function commandMessage(kind: CommandKind, { order, paymentMethodToken }: OpenOrder): OutgoingMessage {
  const { id: orderId, userId, total: amount } = order
  const about = { key: orderId, version: order.version }
  const lines = order.lines.map(({ variantId, quantity }) => ({ variantId, quantity }))
  switch (kind) {
    case 'RESERVE_STOCK':
      return outgoing(reserveStock, { ...about, data: { orderId, lines } })
    case 'CAPTURE_PAYMENT':
      if (paymentMethodToken === null) throw new Error(`order ${orderId} has no payment method any more`)
      return outgoing(capturePayment, { ...about, data: { orderId, userId, amount, paymentMethodToken } })
    case 'COMMIT_STOCK':
      return outgoing(commitStock, { ...about, data: { orderId, lines } })
    case 'RELEASE_STOCK':
      return outgoing(releaseStock, { ...about, data: { orderId } })
    case 'REFUND_PAYMENT':
      return outgoing(refundPayment, { ...about, data: { orderId, amount } })
  }
}

/** The messages that an event is published by; most events are the saga's own affair. */
export function eventMessages({ kind }: CheckoutEvent, order: Order): OutgoingMessage[] {
  const about = { key: order.id, version: order.version }
  const data = summary(order)
  switch (kind) {
    case 'PLACED':
      return [outgoing(orderPlaced, { ...about, data: { ...data, placedAt: order.placedAt.toISOString() } })]
    case 'CONFIRMED': {
      const confirmedAt = order.updatedAt.toISOString()
      return [outgoing(orderConfirmed, { ...about, data: { ...data, confirmedAt, cart: boughtFrom(order) } })]
    }
    case 'REJECTED': {
      const reason = order.checkout.reason ?? 'CONFLICT'
      return [outgoing(orderRejected, { ...about, data: { ...data, reason } })]
    }
    case 'CANCELLED':
      return [outgoing(orderCancelled, { ...about, data })]
    case 'CANCELLATION_REQUESTED':
    case 'COMMANDS_REPEATED':
    case 'STATE_ENTERED':
    case 'FAILED':
    case 'STOCK_HELD':
    case 'STOCK_TAKEN':
    case 'STOCK_FREED':
    case 'MONEY_CAPTURED':
    case 'MONEY_REFUNDED':
      return []
  }
}

function summary({ id: orderId, userId, number, total, lines }: Order) {
  return {
    orderId,
    userId,
    number,
    total,
    lines: lines.map((line) => {
      const { id: lineId, variantId, productId, name, unitPrice, quantity } = line
      return { lineId, variantId, productId, name, unitPrice, quantity, total: lineTotal(line) }
    }),
  }
}

function boughtFrom({ id, cart, lines }: Order) {
  if (cart === null) throw new Error(`order ${id} was not placed from a cart`)
  const bought = lines.flatMap(({ cartLineId: lineId, variantId, quantity }) =>
    lineId === null ? [] : [{ lineId, variantId, quantity }],
  )
  return { cartId: cart.cartId, lines: bought }
}
