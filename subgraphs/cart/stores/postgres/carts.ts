import { z } from 'zod'

import type { PostgresDatabase } from '../../../../platform/postgres/database.ts'
import { lookTogether } from '../../../../platform/work/look-together.ts'
import type { Cart, CartOwner } from '../../domain.ts'
import type { CartStore } from '../store.ts'

const cartLines = z.array(z.object({ id: z.string(), variantId: z.string(), quantity: z.int() }))
export const cartColumns = 'id, owner_kind, owner_id, version, lines, handover, done, updated_at'

export const cartRow = z
  .object({
    id: z.string(),
    owner_kind: z.enum(['guest', 'user']),
    owner_id: z.string(),
    version: z.int(),
    lines: cartLines,
    handover: z.object({ id: z.string(), userId: z.string(), lines: cartLines }).nullable(),
    done: z.object({ handovers: z.array(z.string()), orders: z.array(z.string()), proposals: z.array(z.string()) }),
    updated_at: z.date(),
  })
  .transform(({ owner_kind: kind, owner_id: ownerId, updated_at: updatedAt, ...rest }): Cart => {
    return { ...rest, owner: { kind, id: ownerId }, updatedAt }
  })

interface OwnedRow {
  readonly owner_kind: CartOwner['kind']
  readonly owner_id: string
}

export async function cartsOf(owners: readonly CartOwner[], database: PostgresDatabase): Promise<Cart[]> {
  return (await rowsOf(owners, database)).map((row) => cartRow.parse(row))
}

async function rowsOf(owners: readonly CartOwner[], database: PostgresDatabase): Promise<OwnedRow[]> {
  const { rows } = await database.query<OwnedRow>(
    `select ${cartColumns} from cart
     where (owner_kind, owner_id) in (select * from unnest($1::text[], $2::uuid[])) and not expired`,
    [owners.map(({ kind }) => kind), owners.map(({ id }) => id)],
  )
  return rows
}

/** Those who ask at once are answered by one statement. Only what an owner asks for is read as a cart: a broken one is its owner's alone. */
function readTogether(database: PostgresDatabase): (owners: readonly CartOwner[]) => Promise<Cart[]> {
  const nameOf = ({ kind, id }: CartOwner) => `${kind} ${id}`
  const together = lookTogether(async (owners: readonly CartOwner[]) => {
    const rows = await rowsOf(owners, database)
    return new Map(rows.map((row) => [nameOf({ kind: row.owner_kind, id: row.owner_id }), row]))
  })
  return async (owners) => {
    const rows = await together(owners)
    return owners.flatMap((owner) => {
      const row = rows.get(nameOf(owner))
      return row === undefined ? [] : [cartRow.parse(row)]
    })
  }
}

export function postgresCartStore(database: PostgresDatabase): CartStore {
  const read = readTogether(database)
  return {
    byOwners: async (owners) => ({ carts: await read(owners) }),

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
        transaction.publish(...messages)
        return true
      }),
  }
}
