import {
  capturePayment,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  refundPayment,
} from '../../contracts/payments.ts'
import { outgoing, type OutgoingMessage } from '../../platform/messaging/message.ts'
import type { NewId } from '../../platform/ids.ts'
import { on, type Handler } from '../../platform/messaging/handler.ts'
import type { Queryable } from '../../platform/postgres/database.ts'
import { askRefund, newPayment, repeatCapture, type Answer, type Payment } from './domain.ts'
import type { PaymentStore } from './stores/store.ts'

/** What the saga asks for. Neither handler talks to the provider: they make its call due, and wake who makes it. */
export function paymentHandlers(dependencies: {
  storeIn(queryable: Queryable): PaymentStore
  readonly newId: NewId
  wakeCaller(): void
}): Handler[] {
  const { storeIn, newId, wakeCaller } = dependencies
  return [
    on(capturePayment, async ({ data: { orderId, userId, amount, paymentMethodToken } }, transaction) => {
      const store = storeIn(transaction)
      if (await store.insert(newPayment({ id: newId(), orderId, userId, amount }), paymentMethodToken)) {
        transaction.afterCommit(wakeCaller)
        return
      }
      const known = await store.lockByOrder(orderId)
      if (known !== undefined) transaction.publish(...answers(known, repeatCapture(known)))
    }),
    on(refundPayment, async ({ data: { orderId, amount } }, transaction) => {
      const store = storeIn(transaction)
      const payment = await store.lockByOrder(orderId)
      if (payment === undefined) throw new Error(`order ${orderId} has no payment to refund`)
      const step = askRefund(payment, amount)
      if (step.payment !== payment) await store.save(step.payment, step.pause)
      transaction.publish(...answers(step.payment, step.answer))
      transaction.afterCommit(wakeCaller)
    }),
  ]
}

/** What the order hears of an answer; nothing of none. */
export function answers(payment: Payment, answer: Answer | null): OutgoingMessage[] {
  if (answer === null) return []
  const { id: paymentId, orderId, userId, amount, refunded, declineReason, version } = payment
  const said = { key: orderId, version }
  const data = { orderId, paymentId, userId, amount }
  switch (answer) {
    case 'CAPTURED':
      return [outgoing(paymentCaptured, { ...said, data })]
    case 'DECLINED':
      return [outgoing(paymentDeclined, { ...said, data: { ...data, reason: declineReason ?? 'declined' } })]
    case 'REFUNDED':
      return [outgoing(paymentRefunded, { ...said, data: { ...data, amount: refunded } })]
  }
}
