import { stockState } from '../../contracts/inventory.ts'
import { factsBy } from '../../platform/laws/facts.ts'
import { inFlight, rowLaw, type Law, type Questions } from '../../platform/laws/law.ts'

interface StockRow {
  readonly variant_id: string
  readonly on_hand: number
  readonly held: number
  readonly moved_on_hand: number
  readonly moved_held: number
  readonly promised: number
}

/** Stock with its ledger's sums and what open reservations hold. */
const stock = `
  with moved as (
    select variant_id, sum(on_hand)::int as on_hand, sum(held)::int as held from stock_movement group by variant_id
  ), promised as (
    select (line ->> 'variantId')::uuid as variant_id, sum((line ->> 'quantity')::int)::int as quantity
    from reservation, jsonb_array_elements(lines) as line where state = 'HELD' group by 1
  )
  select stock.variant_id, stock.on_hand, stock.held,
    coalesce(moved.on_hand, 0) as moved_on_hand, coalesce(moved.held, 0) as moved_held,
    coalesce(promised.quantity, 0) as promised
  from stock left join moved using (variant_id) left join promised using (variant_id)`

const published = `
  select variant_id as key, variant_id as "messageKey", jsonb_build_object(
    'version', version, 'data', jsonb_build_object('variantId', variant_id, 'available',
      case when discontinued then 0 else on_hand - held end)) as fact
  from stock`

const reservations = `
  select order_id as "orderId", state, (
    select string_agg((line ->> 'variantId') || '=' || (line ->> 'quantity'), ' ' order by line ->> 'variantId')
    from (
      select jsonb_build_object('variantId', each ->> 'variantId', 'quantity', sum((each ->> 'quantity')::int)) as line
      from jsonb_array_elements(lines) as each group by each ->> 'variantId'
    ) as merged
  ) as lines from reservation`

export interface ReservationFact {
  readonly orderId: string
  readonly state: string
  /** As `variant=quantity`, sorted. */
  readonly lines: string | null
}

/** What must hold of inventory's store, and what it holds. */
export function inventoryLaws(store: Questions) {
  return {
    laws: lawsOf(store),
    state: { type: stockState.type, facts: () => factsBy(store, published) },
    reservations: async () => (await store.query<ReservationFact>(reservations)).rows,
    /** The variants that have been put on the shelf. */
    async shelved(): Promise<ReadonlySet<string>> {
      const { rows } = await store.query<{ variant_id: string }>('select variant_id from stock')
      return new Set(rows.map((row) => row.variant_id))
    },
  }
}

function lawsOf(store: Questions): readonly Law[] {
  return [
    rowLaw<StockRow>({
      name: 'no variant is oversold',
      store,
      query: stock,
      violation: ({ variant_id, on_hand, held }) =>
        held < 0 || on_hand < held ? `variant ${variant_id} has ${on_hand} on hand and ${held} promised` : undefined,
    }),
    rowLaw<StockRow>({
      name: 'stock is conserved: the ledger sums to it, and holds are what is held',
      store,
      query: stock,
      violation: ({ variant_id, on_hand, held, moved_on_hand, moved_held, promised }) =>
        on_hand === moved_on_hand && held === moved_held && held === promised
          ? undefined
          : `variant ${variant_id}: stock ${on_hand}/${held}, ledger ${moved_on_hand}/${moved_held}, reservations ${promised}`,
    }),
    rowLaw<{ order_id: string; overdue: boolean }>({
      name: 'every reservation ends',
      store,
      query: `select order_id, state = 'HELD' and expires_at < now() - ${inFlight} as overdue from reservation`,
      violation: ({ order_id, overdue }) =>
        overdue ? `the reservation of order ${order_id} has outlived its time` : undefined,
    }),
  ]
}
