import { addMoney, money } from '../../../platform/money.ts'
import type { NewPayment, Payment, PaymentEvent } from './payment.ts'

/** The payment after an event. @throws where there is no payment yet and the event does not open one */
export function evolve(payment: Payment | undefined, event: PaymentEvent): Payment {
  if (event.kind === 'OPENED') return newPayment(event.payment)
  if (payment === undefined) throw new Error(`${event.kind} of a payment that was never opened`)
  return { ...payment, ...changes(payment, event), version: payment.version + 1 }
}

/** To be captured; nothing of it is known yet. */
export function newPayment(payment: NewPayment): Payment {
  const nothing = money(0, payment.amount.currency)
  return {
    ...payment,
    refunded: nothing,
    refundAsked: nothing,
    status: 'PENDING',
    declineReason: null,
    next: 'CAPTURE',
    attempts: 0,
    version: 1,
  }
}

function changes(payment: Payment, event: Exclude<PaymentEvent, { kind: 'OPENED' }>): Partial<Payment> {
  switch (event.kind) {
    case 'CAPTURED':
      return { status: 'CAPTURED', next: null, attempts: 0 }
    case 'DECLINED':
      return { status: 'DECLINED', declineReason: event.reason, next: null, attempts: 0 }
    case 'OUTCOME_LOST':
      return { status: 'UNKNOWN', next: 'FIND', attempts: payment.attempts + 1 }
    case 'CAPTURE_REPEATED':
      return { status: 'PENDING', next: 'CAPTURE' }
    case 'CALL_FAILED':
      return { attempts: payment.attempts + 1 }
    case 'REFUND_BEGUN':
      return { next: 'REFUND', refundAsked: event.amount, attempts: 0 }
    case 'REFUNDED':
      return refunded(payment)
  }
}

function refunded({ amount, refunded: before, refundAsked }: Payment): Partial<Payment> {
  const sum = addMoney(before, refundAsked)
  const status = sum.amount === amount.amount ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  return { status, refunded: sum, next: null, attempts: 0 }
}
