import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { Step } from '../../domain/history.ts'
import type { Order } from '../../domain/order.ts'
import { orderEnded, type DueOrder, type OrderStore, type Waiting } from '../store.ts'
import { notificationChannel } from '../../../../platform/postgres/notifications.ts'
import { linesJson, orderColumns, orderFrom, orderJson, stepsJson } from './rows.ts'

type Writing = Pick<OrderStore, 'insert' | 'importPast' | 'lock' | 'save' | 'keep' | 'claimDue'>

const stepColumns = 'order_id, at, kind, message, attempt, trace_id, detail, status'

const insertSteps = (parameter: string) => `
  insert into saga_step (${stepColumns})
  select ${stepColumns} from jsonb_populate_recordset(null::saga_step, ${parameter}) with ordinality as step
  order by ordinality`

/** Inserts orders with their lines and steps; nothing of one whose id, number, key or version of a cart is taken. */
const insertOrders = `
  with timed as (
    select fields || jsonb_build_object('due_at', now() + (fields ->> 'patience')::float8 * interval '1 millisecond')
      as fields
    from jsonb_array_elements($1::jsonb) as fields
  ), placed as (
    insert into "order" select whole.* from timed, jsonb_populate_record(null::"order", fields) as whole
    on conflict do nothing returning id
  ), lines as (
    insert into order_line
    select line.* from placed join jsonb_populate_recordset(null::order_line, $2) as line on line.order_id = placed.id
  ), steps as (
    insert into saga_step (${stepColumns})
    select ${stepColumns} from placed
    join jsonb_populate_recordset(null::saga_step, $3) with ordinality as step on step.order_id = placed.id
    order by ordinality
  )
  select id from placed`

export function writing(queryable: Queryable): Writing {
  return {
    async insert({ order, paymentMethodToken, steps, key, patience }) {
      const secrets = { payment_method_token: paymentMethodToken, idempotency_key: key.key, input_digest: key.digest }
      const { rowCount } = await queryable.query(insertOrders, [
        JSON.stringify([{ ...orderJson(order), ...secrets, patience }]),
        JSON.stringify(linesJson(order)),
        JSON.stringify(stepsJson(steps, order.id)),
      ])
      return rowCount === 1
    },

    async importPast(past) {
      await queryable.query(insertOrders, [
        JSON.stringify(past.map(({ order }) => orderJson(order))),
        JSON.stringify(past.flatMap(({ order }) => linesJson(order))),
        JSON.stringify(past.flatMap(({ order, steps }) => stepsJson(steps, order.id))),
      ])
    },

    async lock(orderIds) {
      const { rows } = await queryable.query(
        `select ${orderColumns} from "order" where id = any($1) order by id for update`,
        [orderIds],
      )
      return new Map(rows.map(orderFrom).map((open) => [open.order.id, open]))
    },

    save: (order, change) => save(queryable, order, change),

    async keep(orderId, steps) {
      await queryable.query(insertSteps('$1'), [JSON.stringify(stepsJson(steps, orderId))])
    },

    async claimDue(limit, hideFor) {
      const { rows } = await queryable.query<{ order_id: string; version: number }>(
        `with due as (
           select id as due_id from "order" where due_at <= now() order by due_at limit $1 for update skip locked
         )
         update "order" set due_at = now() + $2 * interval '1 millisecond' from due where id = due_id
         returning id as order_id, version`,
        [limit, hideFor],
      )
      return rows.map(({ order_id: orderId, version }): DueOrder => ({ orderId, version }))
    },
  }
}

async function save(
  queryable: Queryable,
  { id, version, updatedAt, checkout }: Order,
  { steps, patience }: Waiting & { readonly steps: readonly Step[] },
): Promise<void> {
  const { status, state, reason, stock, money, cancelRequested, attempt } = checkout
  await queryable.query(
    `with saved as (
       update "order" set version = $2, updated_at = $3, due_at = now() + $4::float8 * interval '1 millisecond',
         status = $5, saga_state = $6, reason = $7, stock = $8, money = $9, cancel_requested = $10, attempt = $11,
         payment_method_token = case when $6 in ('RESERVING', 'CAPTURING') then payment_method_token end
       where id = $1
     ), kept as (${insertSteps('$12')})
     select pg_notify('${notificationChannel}', $13) where $6 in ('REJECTED', 'CANCELLED')`,
    [
      ...[id, version, updatedAt, patience, status, state, reason, stock, money, cancelRequested, attempt],
      JSON.stringify(stepsJson(steps, id)),
      orderEnded(id),
    ],
  )
}
