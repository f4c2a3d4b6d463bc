import type { Questions } from '../../../platform/laws/law.ts'

/** What a provider has done for one order, by its own ledger. */
export interface ChargeFact {
  readonly orderId: string
  readonly amount: string
  readonly captures: number
  readonly refunded: string
}

/** The ledger of the test provider, as an audit reads it. */
export function testLedgerFacts(ledger: Questions) {
  return {
    async charges(): Promise<ChargeFact[]> {
      const { rows } = await ledger.query<ChargeFact>(
        `select key as "orderId", amount::text, captures, (
           select coalesce(sum(refund.amount), 0)::text from test_provider.refund where charge_key = charge.key
         ) as refunded from test_provider.charge`,
      )
      return rows
    },
  }
}
