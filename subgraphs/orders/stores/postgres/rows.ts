import { z } from 'zod'

import type { Step } from '../../domain/history.ts'
import type { Order } from '../../domain/order.ts'

/** An order and its lines, one row. */
export const orderColumns = `"order".id, number, user_id, status, total, currency, shipping_address, cart_id, cart_version,
  payment_method_token, placed_at, updated_at, version, saga_state, reason, stock, money, cancel_requested, attempt,
  (select json_agg(order_line order by position) from order_line where order_id = "order".id) as lines`

const lineRow = z.object({
  id: z.string(),
  cart_line_id: z.string().nullable(),
  variant_id: z.string(),
  product_id: z.string(),
  name: z.string(),
  unit_price: z.int(),
  quantity: z.int(),
})

const orderRow = z.object({
  id: z.string(),
  number: z.string(),
  user_id: z.string(),
  status: z.enum(['PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'SHIPPED', 'DELIVERED']),
  total: z.int(),
  currency: z.string(),
  shipping_address: z.object({
    recipient: z.string(),
    line1: z.string(),
    line2: z.string().optional(),
    city: z.string(),
    postcode: z.string(),
    country: z.string(),
  }),
  cart_id: z.string().nullable(),
  cart_version: z.int().nullable(),
  payment_method_token: z.string().nullable(),
  placed_at: z.date(),
  updated_at: z.date(),
  version: z.int(),
  saga_state: z.enum([
    'NONE',
    'RESERVING',
    'CAPTURING',
    'COMMITTING',
    'COMPLETED',
    'COMPENSATING',
    'REJECTED',
    'CANCELLED',
  ]),
  reason: z.enum(['OUT_OF_STOCK', 'PAYMENT_DECLINED', 'CONFLICT']).nullable(),
  stock: z.enum(['NONE', 'HELD', 'TAKEN', 'FREED']),
  money: z.enum(['NONE', 'CAPTURED', 'REFUNDED']),
  cancel_requested: z.boolean(),
  attempt: z.int(),
  lines: z.array(lineRow),
})

const stepRow = z.object({
  order_id: z.string(),
  at: z.date(),
  kind: z.enum(['COMMAND', 'EVENT', 'COMPENSATION', 'TIMEOUT']),
  message: z.string(),
  attempt: z.int(),
  trace_id: z.string().nullable(),
  detail: z.string().nullable(),
  status: orderRow.shape.status.nullable(),
})

export interface StoredOrder {
  readonly order: Order
  readonly paymentMethodToken: string | null
}

export function orderFrom(input: unknown): StoredOrder {
  const row = orderRow.parse(input)
  const { status, reason, stock, money, attempt, currency } = row
  const order: Order = {
    id: row.id,
    number: row.number,
    userId: row.user_id,
    lines: row.lines.map((line) => lineFrom(line, currency)),
    total: { amount: row.total, currency },
    shippingAddress: row.shipping_address,
    placedAt: row.placed_at,
    updatedAt: row.updated_at,
    cart: row.cart_id === null || row.cart_version === null ? null : { cartId: row.cart_id, version: row.cart_version },
    checkout: { state: row.saga_state, status, reason, stock, money, cancelRequested: row.cancel_requested, attempt },
    version: row.version,
  }
  return { order, paymentMethodToken: row.payment_method_token }
}

function lineFrom(row: z.infer<typeof lineRow>, currency: string): Order['lines'][number] {
  return {
    id: row.id,
    cartLineId: row.cart_line_id,
    variantId: row.variant_id,
    productId: row.product_id,
    name: row.name,
    unitPrice: { amount: row.unit_price, currency },
    quantity: row.quantity,
  }
}

export function stepFrom(input: unknown): Step & { readonly orderId: string } {
  const { order_id: orderId, trace_id: traceId, ...step } = stepRow.parse(input)
  return { ...step, orderId, traceId }
}

/** As `jsonb_to_recordset(...) as step (...)` reads them. */
export function stepsJson(steps: readonly Step[], orderId: string): object[] {
  return steps.map(({ traceId, ...step }) => ({ ...step, order_id: orderId, trace_id: traceId }))
}

export function linesJson({ id, lines }: Order): object[] {
  return lines.map((line, position) => ({
    id: line.id,
    order_id: id,
    position,
    cart_line_id: line.cartLineId,
    variant_id: line.variantId,
    product_id: line.productId,
    name: line.name,
    unit_price: line.unitPrice.amount,
    quantity: line.quantity,
  }))
}

/** The whole row of an order, as `jsonb_populate_record(null::"order", ...)` reads it. */
export function orderJson(order: Order): Record<string, unknown> {
  const { checkout } = order
  return {
    id: order.id,
    number: order.number,
    user_id: order.userId,
    total: order.total.amount,
    currency: order.total.currency,
    shipping_address: order.shippingAddress,
    cart_id: order.cart?.cartId,
    cart_version: order.cart?.version,
    placed_at: order.placedAt,
    updated_at: order.updatedAt,
    version: order.version,
    ...checkoutJson(checkout),
  }
}

function checkoutJson({ state, cancelRequested, ...rest }: Order['checkout']) {
  return { ...rest, saga_state: state, cancel_requested: cancelRequested }
}
