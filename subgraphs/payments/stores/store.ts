import type { Database } from '../../../platform/messaging/database.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { Ledger } from '../provider/ledger.ts'
import type { Traceparent } from '../../../platform/telemetry/traceparent.ts'
import type { Payment } from '../domain/payment.ts'

/** A payment with what only the provider may see of it. */
export interface DuePayment {
  readonly payment: Payment
  /** Null once no call needs it: who is charged is forgotten as soon as the charge is settled. */
  readonly paymentMethodToken: string | null
  /** Of whatever asked for the call. */
  readonly traceparent: Traceparent | undefined
}

/** The charge of an order long past. */
export type PastPayment = Pick<Payment, 'id' | 'orderId' | 'userId' | 'amount'>

export interface PaymentStore {
  byIds(ids: readonly string[]): Promise<Payment[]>
  byOrders(orderIds: readonly string[]): Promise<Payment[]>
  /** Locked until the transaction ends. */
  lockByOrder(orderId: string): Promise<Payment | undefined>
  /** False, and nothing, when the order has one already. The call that is due belongs to the current trace. */
  insert(payment: Payment, paymentMethodToken: string): Promise<boolean>
  /**
   * False, and nothing, unless the version before this one is what is stored. Forgets the payment method when no next call
   * needs it. The next call belongs to the current trace.
   * @param pause milliseconds until its next call is due, by the store's clock
   */
  save(payment: Payment, pause: number): Promise<boolean>
  /** Takes payments whose next call is due, and hides them for `hideFor` milliseconds. */
  claimDue(limit: number, hideFor: number): Promise<DuePayment[]>
  /** Those known already are left as they are. */
  importCaptured(payments: readonly PastPayment[]): Promise<void>
}

/** All that the composition hands in. */
export interface PaymentStores extends Stores<PaymentStore> {
  readonly database: Database<PaymentStore>
  /** What the test provider keeps on its side. */
  readonly ledger: Ledger
}
