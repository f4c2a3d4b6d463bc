import { capturePayment, refundPayment } from '../../contracts/payments.ts'
import type { NewId } from '../../platform/ids.ts'
import { on, type Handler } from '../../platform/messaging/handler.ts'
import { decide } from './domain/decide.ts'
import { evolve, newPayment } from './domain/evolve.ts'
import { answerMessages } from './messages.ts'
import type { PaymentStore } from './stores/store.ts'

/** The commands of the checkout saga. Neither handler calls the provider: they make its call due, and wake who makes it. */
export function paymentHandlers(dependencies: { readonly newId: NewId; wakeCaller(): void }): Handler<PaymentStore>[] {
  const { newId, wakeCaller } = dependencies
  return [
    on(capturePayment, async ({ data: { orderId, userId, amount, paymentMethodToken } }, transaction) => {
      const { store } = transaction
      const payment = { id: newId(), orderId, userId, amount }
      if (await store.insert(newPayment(payment), paymentMethodToken)) {
        transaction.afterCommit(wakeCaller)
        return
      }
      const known = await store.lockByOrder(orderId)
      if (known === undefined) throw new Error(`the payment of order ${orderId} is neither new nor known`)
      const { answer } = decide({ kind: 'CAPTURE_ASKED', payment }, known)
      transaction.publish(...answerMessages(known, answer))
    }),
    on(refundPayment, async ({ data: { orderId, amount } }, transaction) => {
      const { store } = transaction
      const before = await store.lockByOrder(orderId)
      if (before === undefined) throw new Error(`order ${orderId} has no payment to refund`)
      const { events, answer, pause } = decide({ kind: 'REFUND_ASKED', amount }, before)
      const payment = events.reduce(evolve, before)
      if (events.length > 0) await store.save(payment, pause)
      transaction.publish(...answerMessages(payment, answer))
      transaction.afterCommit(wakeCaller)
    }),
  ]
}
