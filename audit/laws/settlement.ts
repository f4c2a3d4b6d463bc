import type { Law } from '../../platform/laws/law.ts'
import type { ReservationFact } from '../../subgraphs/inventory/laws.ts'
import type { OrderFact } from '../../subgraphs/orders/laws.ts'
import type { PaymentFact } from '../../subgraphs/payments/laws.ts'
import type { ChargeFact } from '../../subgraphs/payments/provider/laws.ts'
import type { Audited } from '../stores.ts'

interface Settlement {
  readonly order: OrderFact
  readonly reservation: ReservationFact | undefined
  readonly payment: PaymentFact | undefined
  readonly charge: ChargeFact | undefined
}

interface SettlementRule {
  readonly name: string
  applies(order: OrderFact): boolean
  problem(of: Settlement): string | undefined
}

const bought = new Set(['CONFIRMED', 'SHIPPED', 'DELIVERED'])
const undone = new Set(['REJECTED', 'CANCELLED'])

/** A confirmed order that is being cancelled gives back in two steps; in between it is neither. */
function settled({ sagaState }: OrderFact): boolean {
  return sagaState !== 'COMPENSATING'
}

const rules: readonly SettlementRule[] = [
  {
    name: 'at most one capture an order, of the exact total',
    applies: () => true,
    problem({ order, charge }) {
      if (charge === undefined || charge.captures === 0) return undefined
      if (charge.captures > 1) return `captured ${charge.captures} times`
      return charge.amount === order.total ? undefined : `captured ${charge.amount} for a total of ${order.total}`
    },
  },
  {
    name: 'confirmed means captured, committed, and as it was placed',
    applies: (order) => bought.has(order.status) && settled(order),
    problem({ order, reservation, payment, charge }) {
      if (payment?.status !== 'CAPTURED' || payment.amount !== order.total) {
        return `its payment is ${payment?.status ?? 'missing'} over ${payment?.amount ?? 'nothing'} of ${order.total}`
      }
      if (charge?.captures !== 1 || charge.refunded !== '0') return 'the provider holds no single capture for it'
      if (reservation?.state !== 'COMMITTED') return `its stock is ${reservation?.state ?? 'not reserved'}`
      return reservation.lines === order.lines ? undefined : 'what was taken is not what was ordered'
    },
  },
  {
    name: 'rejected or cancelled means nothing held and nothing charged',
    applies: (order) => undone.has(order.status) && settled(order),
    problem({ reservation, payment, charge }) {
      if (reservation?.state === 'HELD' || reservation?.state === 'COMMITTED')
        return `its stock is ${reservation.state}`
      const kept = charge === undefined || charge.captures === 0 ? 0n : BigInt(charge.amount) - BigInt(charge.refunded)
      if (kept !== 0n) return `the provider keeps ${kept}`
      const open = payment !== undefined && !['DECLINED', 'REFUNDED'].includes(payment.status)
      return open ? `its payment is ${payment.status}` : undefined
    },
  },
]

/** Each order beside what inventory, payments and the provider have of it. */
async function settlements({ orders, inventory, payments, provider }: Audited): Promise<Settlement[]> {
  const [placed, reservations, paid, charges] = await Promise.all([
    orders.orders(),
    inventory.reservations(),
    payments.payments(),
    provider.charges(),
  ])
  const reservationOf = byOrder(reservations)
  const paymentOf = byOrder(paid)
  const chargeOf = byOrder(charges)
  return placed.map((order) => ({
    order,
    reservation: reservationOf.get(order.id),
    payment: paymentOf.get(order.id),
    charge: chargeOf.get(order.id),
  }))
}

function byOrder<Kept extends { readonly orderId: string }>(facts: readonly Kept[]): ReadonlyMap<string, Kept> {
  return new Map(facts.map((fact) => [fact.orderId, fact]))
}

export function settlementLaws(audited: Audited): Law[] {
  return rules.map(({ name, applies, problem }) => ({
    name,
    async check() {
      const concerned = (await settlements(audited)).filter(({ order }) => applies(order))
      const violations = concerned.flatMap((settlement) => {
        const found = problem(settlement)
        return found === undefined ? [] : [`order ${settlement.order.id} (${settlement.order.status}): ${found}`]
      })
      return { checked: concerned.length, violations }
    },
  }))
}
