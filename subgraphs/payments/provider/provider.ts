import type { Money } from '../../../platform/money.ts'
import type { Outcome } from '../domain/payment.ts'

/** A capture of an order that was paid elsewhere. */
export interface PastCapture {
  readonly key: string
  readonly amount: Money
}

/** Somebody who moves money. Every call may be repeated with the same key and then has its effect once. */
export interface PaymentProvider {
  /** Charges `amount`. @param key the order's own idempotency key @param token a payment method, never card data */
  capture(call: { key: string; amount: Money; token: string }, signal: AbortSignal): Promise<Outcome>
  /** What became of the capture with that key. */
  find(key: string, signal: AbortSignal): Promise<Outcome>
  /** Gives back `amount` of the capture. @param key of this refund @param captureKey of what is refunded */
  refund(call: { key: string; captureKey: string; amount: Money }, signal: AbortSignal): Promise<Outcome>
  /** Enters captures of long ago, once each, where the provider keeps its ledger with us. */
  importCaptures?(captures: readonly PastCapture[]): Promise<void>
}
