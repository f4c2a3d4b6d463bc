import type { Law, Verdict } from '../law.ts'

interface KeptRow {
  readonly id: string
  /** A token of a payment method that no call will ever need. */
  readonly needless: boolean
}

/** The token itself is not read: what is printed must never name one. */
const keepers = [
  {
    store: 'payments',
    query: `select id, payment_method_token is not null and coalesce(next_call = 'REFUND', true) as needless from payment`,
  },
  {
    store: 'orders',
    query: `select id, payment_method_token is not null and saga_state not in ('RESERVING', 'CAPTURING') as needless
      from "order"`,
  },
] as const

export const paymentMethodLaw: Law = {
  name: 'no payment method is kept once its payment is settled',
  async check(stores): Promise<Verdict> {
    const kept = await Promise.all(
      keepers.map(async ({ store, query }) => {
        const { rows } = await stores[store].query<KeptRow>(query)
        return rows.map((row) => ({ ...row, store }))
      }),
    )
    const violations = kept.flat().filter(({ needless }) => needless)
    return {
      checked: kept.flat().length,
      violations: violations.map(({ store, id }) => `${store} still has the payment method of ${id}`),
    }
  },
}
