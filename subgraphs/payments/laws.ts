import type { Questions } from '../../platform/laws/law.ts'

export interface PaymentFact {
  readonly orderId: string
  readonly status: string
  readonly amount: string
  readonly refunded: string
}

/** What payments' store holds. */
export function paymentsLaws(store: Questions) {
  return {
    payments: async () =>
      (
        await store.query<PaymentFact>(
          'select order_id as "orderId", status, amount::text, refunded::text from payment',
        )
      ).rows,
    /** Whether each payment still has a payment method that no call will need. The token itself is not read. */
    paymentMethods: async () =>
      (
        await store.query<{ id: string; needless: boolean }>(
          `select id, payment_method_token is not null and coalesce(next_call = 'REFUND', true) as needless from payment`,
        )
      ).rows,
  }
}
