import { z } from 'zod'

import type { Database } from '../../platform/postgres/database.ts'
import type { Cart, Offer } from './domain.ts'
import type { CartStore, OfferStore } from './store.ts'

const cartLines = z.array(z.object({ id: z.string(), variantId: z.string(), quantity: z.int() }))
const cartColumns = 'id, owner_kind, owner_id, version, lines, handover, done, updated_at'

const cartRow = z
  .object({
    id: z.string(),
    owner_kind: z.enum(['guest', 'user']),
    owner_id: z.string(),
    version: z.int(),
    lines: cartLines,
    handover: z.object({ id: z.string(), userId: z.string(), lines: cartLines }).nullable(),
    done: z.object({ guests: z.array(z.string()), orders: z.array(z.string()), proposals: z.array(z.string()) }),
    updated_at: z.date(),
  })
  .transform(({ owner_kind: kind, owner_id: ownerId, updated_at: updatedAt, ...rest }): Cart => {
    return { ...rest, owner: { kind, id: ownerId }, updatedAt }
  })

export function postgresCartStore(database: Database): CartStore {
  return {
    async byOwners(owners) {
      const { rows } = await database.query(
        `select ${cartColumns} from cart
         where (owner_kind, owner_id) in (select * from unnest($1::text[], $2::uuid[]))`,
        [owners.map(({ kind }) => kind), owners.map(({ id }) => id)],
      )
      return rows.map((row) => cartRow.parse(row))
    },

    save: (cart, messages) =>
      database.transaction(async (transaction) => {
        const statement =
          cart.version === 1
            ? `insert into cart (${cartColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`
            : `update cart set version = $4, lines = $5, handover = $6, done = $7, updated_at = $8
               where id = $1 and owner_kind = $2 and owner_id = $3 and version = $4 - 1`
        const { rowCount } = await transaction.query(statement, [
          cart.id,
          cart.owner.kind,
          cart.owner.id,
          cart.version,
          JSON.stringify(cart.lines),
          cart.handover === null ? null : JSON.stringify(cart.handover),
          JSON.stringify(cart.done),
          cart.updatedAt,
        ])
        if (rowCount === 0) return false
        transaction.say(...messages)
        return true
      }),
  }
}

interface OfferRow {
  readonly variant_id: string
  readonly sold: boolean
  readonly available: number
}

export function postgresOfferStore(database: Database): OfferStore {
  return {
    async offers(variantIds): Promise<Map<string, Offer>> {
      const { rows } = await database.query<OfferRow>(
        `select variant_id, sold, coalesce(available, 0) as available
         from known_variant left join known_stock using (variant_id) where variant_id = any($1)`,
        [variantIds],
      )
      return new Map(rows.map(({ variant_id: variantId, ...row }) => [variantId, { variantId, ...row }]))
    },

    async applyVariants(variants) {
      await database.query(
        `insert into known_variant (variant_id, sold, version)
         select * from unnest($1::uuid[], $2::boolean[], $3::bigint[]) order by 1
         on conflict (variant_id) do update set sold = excluded.sold, version = excluded.version
           where known_variant.version < excluded.version`,
        [
          variants.map(({ variantId }) => variantId),
          variants.map(({ sold }) => sold),
          variants.map(({ version }) => version),
        ],
      )
    },

    async applyStock(levels) {
      await database.query(
        `insert into known_stock (variant_id, available, version)
         select * from unnest($1::uuid[], $2::int[], $3::bigint[]) order by 1
         on conflict (variant_id) do update set available = excluded.available, version = excluded.version
           where known_stock.version < excluded.version`,
        [
          levels.map(({ variantId }) => variantId),
          levels.map(({ available }) => available),
          levels.map(({ version }) => version),
        ],
      )
    },
  }
}
