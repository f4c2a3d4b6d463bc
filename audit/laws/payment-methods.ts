import type { Law } from '../../platform/laws/law.ts'
import type { Audited } from '../stores.ts'

export function paymentMethodLaw({ payments, orders }: Audited): Law {
  return {
    name: 'no payment method is kept once its payment is settled',
    async check() {
      const keepers = { payments, orders }
      const kept = await Promise.all(
        Object.entries(keepers).map(async ([name, keeper]) =>
          (await keeper.paymentMethods()).map((method) => ({ ...method, name })),
        ),
      )
      const violations = kept.flat().filter(({ needless }) => needless)
      return {
        checked: kept.flat().length,
        violations: violations.map(({ name, id }) => `${name} still has the payment method of ${id}`),
      }
    },
  }
}
