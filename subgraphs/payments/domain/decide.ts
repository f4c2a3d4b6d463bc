import { money, type Money } from '../../../platform/money.ts'
import type { Answer, NewPayment, Outcome, Payment, PaymentEvent, PaymentInput } from './payment.ts'

export interface Decision {
  /** One at most. */
  readonly events: readonly PaymentEvent[]
  readonly answer: Answer | null
  /** Milliseconds until the provider is to be called again. */
  readonly pause: number
}

const nothing: Decision = { events: [], answer: null, pause: 0 }

/** What an input comes to. Repeated, it is answered alike, and no money moves twice. */
export function decide(input: PaymentInput, payment: Payment | undefined): Decision {
  switch (input.kind) {
    case 'CAPTURE_ASKED':
      return payment === undefined ? open(input.payment) : repeatCapture(payment)
    case 'REFUND_ASKED':
      if (payment === undefined) throw new Error('there is no payment to refund')
      return refund(payment, input.amount)
    case 'PROVIDER_CALLED':
      // Nobody waits for an outcome that comes after the one that settled the payment.
      if (!payment?.next) return nothing
      return payment.next === 'REFUND' ? refundOutcome(payment, input.outcome) : captureOutcome(payment, input.outcome)
  }
}

function open(payment: NewPayment): Decision {
  return { ...nothing, events: [{ kind: 'OPENED', payment }] }
}

function repeatCapture({ status }: Payment): Decision {
  switch (status) {
    case 'PENDING':
    case 'UNKNOWN':
      return nothing
    case 'DECLINED':
      return { ...nothing, answer: 'DECLINED' }
    case 'CAPTURED':
    case 'REFUNDED':
    case 'PARTIALLY_REFUNDED':
      return { ...nothing, answer: 'CAPTURED' }
  }
}

/**
 * Gives back `amount`, or what is left. While one refund is under way a second request is taken for a repeat of it: one
 * answer is for both.
 * @throws when the capture's outcome is not known yet: nothing may be refunded before that
 */
function refund(payment: Payment, amount: Money): Decision {
  if (payment.next === 'REFUND') return nothing
  switch (payment.status) {
    case 'PENDING':
    case 'UNKNOWN':
      throw new Error(`payment ${payment.id} cannot be refunded while its outcome is not known`)
    case 'DECLINED':
    case 'REFUNDED':
      return { ...nothing, answer: 'REFUNDED' }
    case 'CAPTURED':
    case 'PARTIALLY_REFUNDED': {
      const left = payment.amount.amount - payment.refunded.amount
      const due = money(Math.min(amount.amount, left), payment.amount.currency)
      return { ...nothing, events: [{ kind: 'REFUND_BEGUN', amount: due }] }
    }
  }
}

function captureOutcome(payment: Payment, outcome: Outcome): Decision {
  switch (outcome.kind) {
    case 'CAPTURED':
      return { ...nothing, events: [{ kind: 'CAPTURED' }], answer: 'CAPTURED' }
    case 'DECLINED':
      return { ...nothing, events: [{ kind: 'DECLINED', reason: outcome.reason }], answer: 'DECLINED' }
    case 'NEVER_SEEN':
      return { ...nothing, events: [{ kind: 'CAPTURE_REPEATED' }] }
    case 'NO_ANSWER':
      return callAgain(payment, { kind: 'OUTCOME_LOST' })
    case 'ERROR':
    case 'REFUNDED':
      return callAgain(payment, { kind: 'CALL_FAILED' })
  }
}

function refundOutcome(payment: Payment, { kind }: Outcome): Decision {
  if (kind === 'REFUNDED') return { ...nothing, events: [{ kind: 'REFUNDED' }], answer: 'REFUNDED' }
  return callAgain(payment, { kind: 'CALL_FAILED' })
}

const firstPause = 250
const longestPause = 60_000

/** The pauses double from a quarter of a second to a minute. */
function callAgain({ attempts }: Payment, event: PaymentEvent): Decision {
  return { ...nothing, events: [event], pause: Math.min(firstPause * 2 ** attempts, longestPause) }
}
