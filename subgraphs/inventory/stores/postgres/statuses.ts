import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { StatusStore } from '../store.ts'
import { levelColumns, levelFrom, type LevelRow } from './stock.ts'

export function postgresStatuses(queryable: Queryable): StatusStore {
  return {
    async applyStatus(variants) {
      const { rows } = await queryable.query<LevelRow>(
        `with given as (
           select * from unnest($1::uuid[], $2::boolean[]) as given (variant_id, gone)
         ), changed as (
           select variant_id, coalesce(discontinued, false) as before, gone from stock join given using (variant_id)
           where discontinued is null or (gone and not discontinued)
           order by variant_id for update of stock
         ), marked as (
           update stock set discontinued = before or gone, version = version + (gone and not before)::int
           from changed where stock.variant_id = changed.variant_id
           returning stock.variant_id, on_hand, held, discontinued, version, before
         )
         select ${levelColumns} from marked where discontinued and not before`,
        [variants.map(({ variantId }) => variantId), variants.map(({ discontinued }) => discontinued)],
      )
      return rows.map(levelFrom)
    },

    async lacksStatus() {
      const { rows } = await queryable.query('select from stock where discontinued is null limit 1')
      return rows.length > 0
    },
  }
}
