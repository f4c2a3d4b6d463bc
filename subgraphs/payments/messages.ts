import { paymentCaptured, paymentDeclined, paymentRefunded } from '../../contracts/payments.ts'
import { outgoing, type OutgoingMessage } from '../../platform/messaging/message.ts'
import type { Answer, Payment } from './domain/payment.ts'

/** The answer to the saga; none where there is nothing to answer yet. */
export function answerMessages(payment: Payment, answer: Answer | null): OutgoingMessage[] {
  if (answer === null) return []
  const { id: paymentId, orderId, userId, amount, refunded, declineReason, version } = payment
  const about = { key: orderId, version }
  const data = { orderId, paymentId, userId, amount }
  switch (answer) {
    case 'CAPTURED':
      return [outgoing(paymentCaptured, { ...about, data })]
    case 'DECLINED':
      return [outgoing(paymentDeclined, { ...about, data: { ...data, reason: declineReason ?? 'declined' } })]
    case 'REFUNDED':
      return [outgoing(paymentRefunded, { ...about, data: { ...data, amount: refunded } })]
  }
}
