import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { id, money } from './values.ts'

/** Commands and answers about the payment of one order, all keyed by the order's id. */

export const capturePayment = contract({
  type: 'payments.CapturePayment',
  stream: 'log',
  data: z.object({
    orderId: id,
    userId: id,
    amount: money,
    /** The provider's token of a payment method, never card data. */
    paymentMethodToken: z.string().min(1).max(255),
  }),
})
export type CapturePayment = DataOf<typeof capturePayment>

export const refundPayment = contract({
  type: 'payments.RefundPayment',
  stream: 'log',
  data: z.object({ orderId: id, amount: money }),
})
export type RefundPayment = DataOf<typeof refundPayment>

const answer = z.object({ orderId: id, paymentId: id, userId: id, amount: money })

export const paymentCaptured = contract({ type: 'payments.PaymentCaptured', stream: 'log', data: answer })
export type PaymentCaptured = DataOf<typeof paymentCaptured>

export const paymentDeclined = contract({
  type: 'payments.PaymentDeclined',
  stream: 'log',
  data: answer.extend({ reason: z.string() }),
})
export type PaymentDeclined = DataOf<typeof paymentDeclined>

/** `amount` is what came back. */
export const paymentRefunded = contract({ type: 'payments.PaymentRefunded', stream: 'log', data: answer })
export type PaymentRefunded = DataOf<typeof paymentRefunded>
