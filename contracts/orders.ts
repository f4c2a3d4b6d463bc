import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { id, instant, money, orderReason, quantity } from './values.ts'

/** Events of an order, all keyed by its id. */

const orderSummary = z.object({
  orderId: id,
  userId: id,
  number: z.string(),
  total: money,
  lines: z.array(
    z.object({ lineId: id, variantId: id, productId: id, name: z.string(), unitPrice: money, quantity, total: money }),
  ),
})

export const orderPlaced = contract({
  type: 'orders.OrderPlaced',
  stream: 'log',
  data: orderSummary.extend({ placedAt: instant }),
})
export type OrderPlaced = DataOf<typeof orderPlaced>

/** Paid, and its stock is taken. `cart` says which lines it was placed from, so that cart removes just those. */
export const orderConfirmed = contract({
  type: 'orders.OrderConfirmed',
  stream: 'log',
  data: orderSummary.extend({
    confirmedAt: instant,
    cart: z.object({ cartId: id, lines: z.array(z.object({ lineId: id, variantId: id, quantity })) }),
  }),
})
export type OrderConfirmed = DataOf<typeof orderConfirmed>

export const orderRejected = contract({
  type: 'orders.OrderRejected',
  stream: 'log',
  data: orderSummary.extend({ reason: orderReason }),
})
export type OrderRejected = DataOf<typeof orderRejected>

/** Nothing is held and nothing stays charged. */
export const orderCancelled = contract({
  type: 'orders.OrderCancelled',
  stream: 'log',
  data: orderSummary,
})
export type OrderCancelled = DataOf<typeof orderCancelled>
