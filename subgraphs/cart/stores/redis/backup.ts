import { z } from 'zod'

import type { PostgresDatabase, Queryable } from '../../../../platform/postgres/database.ts'
import type { Cart, CartOwner } from '../../domain.ts'
import { cartColumns, cartRow, cartsOf } from '../postgres/carts.ts'

/** A cart as Redis has it. */
export interface StoredCart {
  readonly cart: Cart
  /** It has ended, and its owner may begin another one. */
  readonly expired: boolean
}

/** The carts in PostgreSQL, in the tables that a store on PostgreSQL alone would have. */
export interface CartBackup {
  byOwners(owners: readonly CartOwner[]): Promise<Cart[]>
  /** All that have not ended, in the order of their ids, up to so many after the id. */
  page(after: string, limit: number): Promise<Cart[]>
  /**
   * Keeps what is newer than what it has. @returns those that are not, though they differ: with the version that it has
   */
  keep(carts: readonly StoredCart[]): Promise<ReadonlyMap<string, number>>
  /** All changes up to then are kept. */
  completeUntil(time: Date): Promise<void>
  watermark(): Promise<Date | undefined>
}

const watermarkRow = z.object({ complete_until: z.date() })

export function postgresCartBackup(database: PostgresDatabase): CartBackup {
  return {
    byOwners: (owners) => cartsOf(owners, database),

    async page(after, limit) {
      const { rows } = await database.query(
        `select ${cartColumns} from cart where id > $1 and not expired order by id limit $2`,
        [after, limit],
      )
      return rows.map((row) => cartRow.parse(row))
    },

    keep: (carts) =>
      database.transaction(async (transaction) => {
        const sorted = carts.toSorted((left, right) => (left.cart.id < right.cart.id ? -1 : 1))
        await endEarlier(transaction, sorted)
        const kept = await upsert(transaction, sorted)
        return newerThan(
          transaction,
          sorted.filter(({ cart }) => !kept.has(cart.id)),
        )
      }),

    async completeUntil(time) {
      await database.query(
        `insert into backup_watermark (complete_until) values ($1)
         on conflict (only_row) do update set complete_until = greatest(backup_watermark.complete_until, $1)`,
        [time],
      )
    },

    async watermark() {
      const { rows } = await database.query('select complete_until from backup_watermark')
      return rows.map((row) => watermarkRow.parse(row).complete_until)[0]
    },
  }
}

/** An owner has one cart: the id of a later one sorts after those before. */
async function endEarlier(queryable: Queryable, carts: readonly StoredCart[]): Promise<void> {
  await queryable.query(
    `update cart set expired = true
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as newer (id, owner_kind, owner_id)
     where not cart.expired and cart.id < newer.id
       and cart.owner_kind = newer.owner_kind and cart.owner_id = newer.owner_id`,
    [
      carts.map(({ cart }) => cart.id),
      carts.map(({ cart }) => cart.owner.kind),
      carts.map(({ cart }) => cart.owner.id),
    ],
  )
}

/** @returns the ids of those that were newer */
async function upsert(queryable: Queryable, carts: readonly StoredCart[]): Promise<ReadonlySet<string>> {
  const { rows } = await queryable.query<{ id: string }>(
    `insert into cart (${cartColumns}, expired)
     select incoming.id, incoming.owner_kind, incoming.owner_id, version, lines, handover, done, updated_at,
       expired or exists (
         select from cart as later where later.id > incoming.id
           and later.owner_kind = incoming.owner_kind and later.owner_id = incoming.owner_id)
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::jsonb[], $6::jsonb[], $7::jsonb[], $8::timestamptz[], $9::boolean[])
       as incoming (id, owner_kind, owner_id, version, lines, handover, done, updated_at, expired)
     order by incoming.id
     on conflict (id) do update set version = excluded.version, lines = excluded.lines, handover = excluded.handover,
       done = excluded.done, updated_at = excluded.updated_at, expired = excluded.expired
       where cart.version < excluded.version
     returning id`,
    [
      carts.map(({ cart }) => cart.id),
      carts.map(({ cart }) => cart.owner.kind),
      carts.map(({ cart }) => cart.owner.id),
      carts.map(({ cart }) => cart.version),
      carts.map(({ cart }) => JSON.stringify(cart.lines)),
      carts.map(({ cart }) => (cart.handover === null ? null : JSON.stringify(cart.handover))),
      carts.map(({ cart }) => JSON.stringify(cart.done)),
      carts.map(({ cart }) => cart.updatedAt),
      carts.map(({ expired }) => expired),
    ],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Repeats are as they are kept. What is kept in a higher version, or otherwise in the same one, was lost in Redis. */
async function newerThan(queryable: Queryable, carts: readonly StoredCart[]): Promise<ReadonlyMap<string, number>> {
  if (carts.length === 0) return new Map()
  const { rows } = await queryable.query<{ id: string; version: number }>(
    `select id, cart.version from cart
     join unnest($1::uuid[], $2::int[], $3::jsonb[], $4::jsonb[], $5::jsonb[])
       as older (id, version, lines, handover, done) using (id)
     where cart.version > older.version or cart.lines <> older.lines or cart.done <> older.done
       or cart.handover is distinct from older.handover`,
    [
      carts.map(({ cart }) => cart.id),
      carts.map(({ cart }) => cart.version),
      carts.map(({ cart }) => JSON.stringify(cart.lines)),
      carts.map(({ cart }) => (cart.handover === null ? null : JSON.stringify(cart.handover))),
      carts.map(({ cart }) => JSON.stringify(cart.done)),
    ],
  )
  return new Map(rows.map(({ id, version }) => [id, version]))
}
