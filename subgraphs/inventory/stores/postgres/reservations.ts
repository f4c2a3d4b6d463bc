import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { ReservationStore, ReservationToSave, StoredReservation } from '../store.ts'

const lines = z.array(z.object({ variantId: z.string(), quantity: z.int() }))

const reservationRow = z
  .discriminatedUnion('state', [
    z.object({ state: z.enum(['HELD', 'COMMITTED']), lines }),
    z.object({ state: z.literal('RELEASED'), why: z.enum(['ASKED', 'EXPIRED']) }),
  ])
  .and(z.object({ order_id: z.string(), version: z.int(), expires_at: z.date().nullable() }))

function reservationFrom(row: unknown): [orderId: string, stored: StoredReservation] {
  const { order_id: orderId, version, expires_at: expiresAt, ...reservation } = reservationRow.parse(row)
  return [orderId, { reservation, version, ...(expiresAt === null ? {} : { expiresAt }) }]
}

export function postgresReservations(queryable: Queryable): ReservationStore {
  return {
    async lockReservations(orderIds) {
      const { rows } = await queryable.query(
        `select order_id, state, lines, why, version, expires_at from reservation
         where order_id = any($1) order by order_id for update`,
        [orderIds],
      )
      return new Map(rows.map(reservationFrom))
    },

    async saveReservations(toSave) {
      const { rows } = await queryable.query(
        `insert into reservation (order_id, state, lines, why, expires_at)
         select order_id, state, lines, why, now() + hold_for * interval '1 millisecond'
         from jsonb_to_recordset($1)
           as saved (order_id uuid, state text, lines jsonb, why text, hold_for float8)
         order by order_id
         on conflict (order_id) do update set
           state = excluded.state, lines = coalesce(excluded.lines, reservation.lines), why = excluded.why,
           expires_at = excluded.expires_at, version = reservation.version + 1
         returning order_id, state, lines, why, version, expires_at`,
        [JSON.stringify(toSave.map(rowOf))],
      )
      return new Map(rows.map(reservationFrom))
    },

    async expiredReservations(limit) {
      const { rows } = await queryable.query<{ order_id: string }>(
        `select order_id from reservation where state = 'HELD' and expires_at <= now() order by expires_at limit $1`,
        [limit],
      )
      return rows.map((row) => row.order_id)
    },

    async importSales(sales) {
      await queryable.query(
        `with past as (
           select * from unnest($1::uuid[], $2::jsonb[]) as past (order_id, lines)
         ), fresh as (
           insert into reservation (order_id, state, lines) select order_id, 'COMMITTED', lines from past
           on conflict do nothing returning order_id, lines
         ), line as (
           select order_id, (line ->> 'variantId')::uuid as variant_id, (line ->> 'quantity')::int as quantity
           from fresh, jsonb_array_elements(lines) as line
         )
         insert into stock_movement (variant_id, on_hand, held, reason, order_id)
         select variant_id, quantity, 0, 'FIRST_STOCK', order_id from line
         union all select variant_id, -quantity, 0, 'TAKEN', order_id from line`,
        [sales.map(({ orderId }) => orderId), sales.map(({ lines }) => JSON.stringify(lines))],
      )
    },
  }
}

function rowOf({ orderId, reservation, holdFor }: ReservationToSave) {
  return { order_id: orderId, ...reservation, ...(holdFor === undefined ? {} : { hold_for: holdFor }) }
}
