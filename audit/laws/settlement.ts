import type { Law, Stores, Verdict } from '../law.ts'

interface OrderRow {
  readonly id: string
  readonly status: string
  readonly total: string
  readonly saga_state: string
  /** As `variant=quantity`, sorted. */
  readonly lines: string
}

interface ReservationRow {
  readonly order_id: string
  readonly state: string
  readonly lines: string | null
}

interface PaymentRow {
  readonly order_id: string
  readonly status: string
  readonly amount: string
  readonly refunded: string
}

interface ChargeRow {
  readonly key: string
  readonly amount: string
  readonly captures: number
  readonly refunded: string
}

interface Settlement {
  readonly order: OrderRow
  readonly reservation: ReservationRow | undefined
  readonly payment: PaymentRow | undefined
  readonly charge: ChargeRow | undefined
}

const bought = new Set(['CONFIRMED', 'SHIPPED', 'DELIVERED'])
const undone = new Set(['REJECTED', 'CANCELLED'])

/** Each order beside what inventory, payments and the provider have of it. */
async function settlements({ orders, inventory, payments }: Stores): Promise<Settlement[]> {
  const [orderRows, reservations, paymentRows, charges] = await Promise.all([
    orders.query<OrderRow>(
      `select id, status, total::text, saga_state, (
         select string_agg(variant_id || '=' || quantity, ' ' order by variant_id)
         from (select variant_id, sum(quantity) as quantity from order_line where order_id = "order".id group by 1) as line
       ) as lines from "order"`,
    ),
    inventory.query<ReservationRow>(
      `select order_id, state, (
         select string_agg((line ->> 'variantId') || '=' || (line ->> 'quantity'), ' ' order by line ->> 'variantId')
         from (
           select jsonb_build_object('variantId', each ->> 'variantId', 'quantity', sum((each ->> 'quantity')::int)) as line
           from jsonb_array_elements(lines) as each group by each ->> 'variantId'
         ) as merged
       ) as lines from reservation`,
    ),
    payments.query<PaymentRow>('select order_id, status, amount::text, refunded::text from payment'),
    payments.query<ChargeRow>(
      `select key, amount::text, captures, (
         select coalesce(sum(refund.amount), 0)::text from test_provider.refund where charge_key = charge.key
       ) as refunded from test_provider.charge`,
    ),
  ])
  const reservationOf = new Map(reservations.rows.map((row) => [row.order_id, row]))
  const paymentOf = new Map(paymentRows.rows.map((row) => [row.order_id, row]))
  const chargeOf = new Map(charges.rows.map((row) => [row.key, row]))
  return orderRows.rows.map((order) => ({
    order,
    reservation: reservationOf.get(order.id),
    payment: paymentOf.get(order.id),
    charge: chargeOf.get(order.id),
  }))
}

function law(
  name: string,
  parts: { applies(order: OrderRow): boolean; problem(of: Settlement): string | undefined },
): Law {
  return {
    name,
    async check(stores): Promise<Verdict> {
      const concerned = (await settlements(stores)).filter(({ order }) => parts.applies(order))
      const violations = concerned.flatMap((settlement) => {
        const problem = parts.problem(settlement)
        return problem === undefined ? [] : [`order ${settlement.order.id} (${settlement.order.status}): ${problem}`]
      })
      return { checked: concerned.length, violations }
    },
  }
}

/** A confirmed order that is being cancelled gives back in two steps; in between it is neither. */
function settled({ saga_state: state }: OrderRow): boolean {
  return state !== 'COMPENSATING'
}

export const settlementLaws: readonly Law[] = [
  law('at most one capture an order, of the exact total', {
    applies: () => true,
    problem({ order, charge }) {
      if (charge === undefined || charge.captures === 0) return undefined
      if (charge.captures > 1) return `captured ${charge.captures} times`
      return charge.amount === order.total ? undefined : `captured ${charge.amount} for a total of ${order.total}`
    },
  }),
  law('confirmed means captured, committed, and as it was placed', {
    applies: (order) => bought.has(order.status) && settled(order),
    problem({ order, reservation, payment, charge }) {
      if (payment?.status !== 'CAPTURED' || payment.amount !== order.total) {
        return `its payment is ${payment?.status ?? 'missing'} over ${payment?.amount ?? 'nothing'} of ${order.total}`
      }
      if (charge?.captures !== 1 || charge.refunded !== '0') return 'the provider holds no single capture for it'
      if (reservation?.state !== 'COMMITTED') return `its stock is ${reservation?.state ?? 'not reserved'}`
      return reservation.lines === order.lines ? undefined : 'what was taken is not what was ordered'
    },
  }),
  law('rejected or cancelled means nothing held and nothing charged', {
    applies: (order) => undone.has(order.status) && settled(order),
    problem({ reservation, payment, charge }) {
      if (reservation?.state === 'HELD' || reservation?.state === 'COMMITTED')
        return `its stock is ${reservation.state}`
      const kept = charge === undefined || charge.captures === 0 ? 0n : BigInt(charge.amount) - BigInt(charge.refunded)
      if (kept !== 0n) return `the provider keeps ${kept}`
      const open = payment !== undefined && !['DECLINED', 'REFUNDED'].includes(payment.status)
      return open ? `its payment is ${payment.status}` : undefined
    },
  }),
]
