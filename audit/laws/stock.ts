import { inFlight, rowLaw, type Law } from '../law.ts'

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

export const stockLaws: readonly Law[] = [
  rowLaw<StockRow>({
    name: 'no variant is oversold',
    store: 'inventory',
    query: stock,
    violation: ({ variant_id, on_hand, held }) =>
      held < 0 || on_hand < held ? `variant ${variant_id} has ${on_hand} on hand and ${held} promised` : undefined,
  }),
  rowLaw<StockRow>({
    name: 'stock is conserved: the ledger sums to it, and holds are what is held',
    store: 'inventory',
    query: stock,
    violation: ({ variant_id, on_hand, held, moved_on_hand, moved_held, promised }) =>
      on_hand === moved_on_hand && held === moved_held && held === promised
        ? undefined
        : `variant ${variant_id}: stock ${on_hand}/${held}, ledger ${moved_on_hand}/${moved_held}, reservations ${promised}`,
  }),
  rowLaw<{ order_id: string; overdue: boolean }>({
    name: 'every reservation ends',
    store: 'inventory',
    query: `select order_id, state = 'HELD' and expires_at < now() - ${inFlight} as overdue from reservation`,
    violation: ({ order_id, overdue }) =>
      overdue ? `the reservation of order ${order_id} has outlived its time` : undefined,
  }),
]
