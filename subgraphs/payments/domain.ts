import { addMoney, money, type Money } from '../../platform/money.ts'

export type PaymentStatus = 'PENDING' | 'UNKNOWN' | 'CAPTURED' | 'DECLINED' | 'REFUNDED' | 'PARTIALLY_REFUNDED'

/** What to ask the provider next. `FIND` asks what became of a capture that was never answered. */
export type ProviderCall = 'CAPTURE' | 'FIND' | 'REFUND'

export interface Payment {
  readonly id: string
  readonly orderId: string
  readonly userId: string
  readonly amount: Money
  readonly refunded: Money
  /** What a refund that is under way should give back. */
  readonly refundAsked: Money
  readonly status: PaymentStatus
  readonly declineReason: string | null
  readonly next: ProviderCall | null
  /** Failed calls in a row; sets the pause before the next. */
  readonly attempts: number
  readonly version: number
}

/** What a call to the provider came to. */
export type Outcome =
  | { readonly kind: 'CAPTURED' }
  | { readonly kind: 'DECLINED'; readonly reason: string }
  | { readonly kind: 'REFUNDED' }
  /** The provider has never seen the key. */
  | { readonly kind: 'NEVER_SEEN' }
  /** It answered with an error: it may be asked the same again. */
  | { readonly kind: 'ERROR' }
  /** It did not answer: it may or may not have done it. */
  | { readonly kind: 'NO_ANSWER' }

/** What the order is to hear. */
export type Answer = 'CAPTURED' | 'DECLINED' | 'REFUNDED'

export interface Step {
  readonly payment: Payment
  readonly answer: Answer | null
  /** Milliseconds until `payment.next` is to be called. */
  readonly pause: number
}

const longestPause = 60_000

export function newPayment(fields: Pick<Payment, 'id' | 'orderId' | 'userId' | 'amount'>): Payment {
  const nothing = money(0, fields.amount.currency)
  return {
    ...fields,
    refunded: nothing,
    refundAsked: nothing,
    status: 'PENDING',
    declineReason: null,
    next: 'CAPTURE',
    attempts: 0,
    version: 1,
  }
}

/** The order asks for the capture once more: it hears again what is known, and nothing is charged again. */
export function repeatCapture(payment: Payment): Answer | null {
  switch (payment.status) {
    case 'PENDING':
    case 'UNKNOWN':
      return null
    case 'DECLINED':
      return 'DECLINED'
    case 'CAPTURED':
    case 'REFUNDED':
    case 'PARTIALLY_REFUNDED':
      return 'CAPTURED'
  }
}

/**
 * Gives back `amount`, or what is left. While one refund is under way another ask is taken for a repeat of it: its answer
 * is theirs.
 * @throws when the capture's outcome is not known yet: nothing may be refunded before that
 */
export function askRefund(payment: Payment, amount: Money): Step {
  if (payment.next === 'REFUND') return { payment, answer: null, pause: 0 }
  switch (payment.status) {
    case 'PENDING':
    case 'UNKNOWN':
      throw new Error(`payment ${payment.id} cannot be refunded while its outcome is not known`)
    case 'DECLINED':
    case 'REFUNDED':
      return { payment, answer: 'REFUNDED', pause: 0 }
    case 'CAPTURED':
    case 'PARTIALLY_REFUNDED': {
      const left = payment.amount.amount - payment.refunded.amount
      const refundAsked = money(Math.min(amount.amount, left), payment.amount.currency)
      return changed(payment, { next: 'REFUND', refundAsked, attempts: 0 })
    }
  }
}

/** Whether the provider may still have to be told whom to charge: a capture it says it never saw is asked for again. */
export function needsPaymentMethod({ next }: Payment): boolean {
  return next === 'CAPTURE' || next === 'FIND'
}

/** What a provider's outcome makes of the payment. */
export function applyOutcome(payment: Payment, outcome: Outcome): Step {
  if (payment.next === 'REFUND') return applyRefundOutcome(payment, outcome)
  switch (outcome.kind) {
    case 'CAPTURED':
      return changed(payment, { status: 'CAPTURED', next: null, attempts: 0 }, 'CAPTURED')
    case 'DECLINED':
      return changed(
        payment,
        { status: 'DECLINED', declineReason: outcome.reason, next: null, attempts: 0 },
        'DECLINED',
      )
    case 'NEVER_SEEN':
      return changed(payment, { status: 'PENDING', next: 'CAPTURE' })
    case 'NO_ANSWER':
      return tryAgain(payment, { status: 'UNKNOWN', next: 'FIND' })
    case 'ERROR':
    case 'REFUNDED':
      return tryAgain(payment, {})
  }
}

function applyRefundOutcome(payment: Payment, outcome: Outcome): Step {
  if (outcome.kind !== 'REFUNDED') return tryAgain(payment, {})
  const refunded = addMoney(payment.refunded, payment.refundAsked)
  const status = refunded.amount === payment.amount.amount ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  return changed(payment, { status, refunded, next: null, attempts: 0 }, 'REFUNDED')
}

function changed(payment: Payment, change: Partial<Payment>, answer: Answer | null = null): Step {
  return { payment: { ...payment, ...change, version: payment.version + 1 }, answer, pause: 0 }
}

/** The pauses double from a quarter of a second to a minute. */
function tryAgain(payment: Payment, change: Partial<Payment>): Step {
  const attempts = payment.attempts + 1
  const pause = Math.min(250 * 2 ** payment.attempts, longestPause)
  return { ...changed(payment, { ...change, attempts }), pause }
}
