import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { StockLevel, StockStore } from '../store.ts'

export interface LevelRow {
  readonly variant_id: string
  readonly on_hand: number
  readonly held: number
  readonly discontinued: boolean | null
  readonly version: number
}

export const levelColumns = 'variant_id, on_hand, held, discontinued, version'

export function levelFrom(row: LevelRow): StockLevel {
  const discontinued = row.discontinued ?? false
  return { variantId: row.variant_id, onHand: row.on_hand, held: row.held, discontinued, version: row.version }
}

export function postgresStock(queryable: Queryable): StockStore {
  async function levelsWhere(statement: string, values: readonly unknown[]): Promise<StockLevel[]> {
    const { rows } = await queryable.query<LevelRow>(statement, values)
    return rows.map(levelFrom)
  }

  return {
    levels: (variantIds) => levelsWhere(`select ${levelColumns} from stock where variant_id = any($1)`, [variantIds]),

    lockLevels: (variantIds) =>
      levelsWhere(
        `select ${levelColumns} from stock
         where variant_id = any($1) order by variant_id for update`,
        [variantIds],
      ),

    changeStock: (changes) =>
      levelsWhere(
        `with change as (
           select * from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::uuid[])
             as change (variant_id, on_hand, held, reason, order_id)
         ), moved as (
           insert into stock_movement (variant_id, on_hand, held, reason, order_id) select * from change
         ), total as (
           select variant_id, sum(on_hand) as on_hand, sum(held) as held from change group by variant_id
         )
         update stock set
           on_hand = stock.on_hand + total.on_hand, held = stock.held + total.held, version = stock.version + 1
         from total where stock.variant_id = total.variant_id
         returning stock.variant_id, stock.on_hand, stock.held, stock.discontinued, stock.version`,
        [
          changes.map(({ variantId }) => variantId),
          changes.map(({ onHand }) => onHand),
          changes.map(({ held }) => held),
          changes.map(({ reason }) => reason),
          changes.map(({ orderId }) => orderId ?? null),
        ],
      ),

    stockNewVariants: (first) =>
      levelsWhere(
        `with fresh as (
           insert into stock (variant_id, on_hand)
           select * from unnest($1::uuid[], $2::int[]) as first (variant_id, quantity) order by variant_id
           on conflict do nothing
           returning ${levelColumns}
         ), moved as (
           insert into stock_movement (variant_id, on_hand, held, reason)
           select variant_id, on_hand, held, 'FIRST_STOCK' from fresh
         )
         select * from fresh`,
        [first.map(({ variantId }) => variantId), first.map(({ quantity }) => quantity)],
      ),
  }
}
