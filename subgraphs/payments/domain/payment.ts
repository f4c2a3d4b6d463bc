import type { Money } from '../../../platform/money.ts'

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

export type NewPayment = Pick<Payment, 'id' | 'orderId' | 'userId' | 'amount'>

/** What can happen to the payment of an order: what the saga asks for, and what the provider answers. */
export type PaymentInput =
  | { readonly kind: 'CAPTURE_ASKED'; readonly payment: NewPayment }
  | { readonly kind: 'REFUND_ASKED'; readonly amount: Money }
  | { readonly kind: 'PROVIDER_CALLED'; readonly outcome: Outcome }

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

/** What has become true of a payment. */
export type PaymentEvent =
  | { readonly kind: 'OPENED'; readonly payment: NewPayment }
  | { readonly kind: 'CAPTURED' }
  | { readonly kind: 'DECLINED'; readonly reason: string }
  /** The call was not answered, so nobody here knows whether the money was captured. */
  | { readonly kind: 'OUTCOME_LOST' }
  /** The provider never got the capture, so it is called for again. */
  | { readonly kind: 'CAPTURE_REPEATED' }
  | { readonly kind: 'CALL_FAILED' }
  | { readonly kind: 'REFUND_BEGUN'; readonly amount: Money }
  | { readonly kind: 'REFUNDED' }

/** What the saga is answered. */
export type Answer = 'CAPTURED' | 'DECLINED' | 'REFUNDED'

/** Whether a call may still have to name whom to charge: a capture that it never got is called for again. */
export function needsPaymentMethod({ next }: Payment): boolean {
  return next === 'CAPTURE' || next === 'FIND'
}
