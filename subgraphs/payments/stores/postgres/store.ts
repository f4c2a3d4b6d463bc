import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import { currentTraceparent } from '../../../../platform/telemetry/trace.ts'
import { needsPaymentMethod, type Payment } from '../../domain/payment.ts'
import type { PastPayment, PaymentStore } from '../store.ts'

const columns = `id, order_id, user_id, amount, currency, refunded, refund_asked, status, decline_reason, next_call,
  attempts, version`

const paymentRow = z.object({
  id: z.string(),
  order_id: z.string(),
  user_id: z.string(),
  amount: z.int(),
  currency: z.string(),
  refunded: z.int(),
  refund_asked: z.int(),
  status: z.enum(['PENDING', 'UNKNOWN', 'CAPTURED', 'DECLINED', 'REFUNDED', 'PARTIALLY_REFUNDED']),
  decline_reason: z.string().nullable(),
  next_call: z.enum(['CAPTURE', 'FIND', 'REFUND']).nullable(),
  attempts: z.int(),
  version: z.int(),
})

const dueRow = z.object({ payment_method_token: z.string().nullable(), traceparent: z.string().nullable() })

function paymentFrom(input: unknown): Payment {
  const row = paymentRow.parse(input)
  const inCurrency = (amount: number) => ({ amount, currency: row.currency })
  return {
    id: row.id,
    orderId: row.order_id,
    userId: row.user_id,
    amount: inCurrency(row.amount),
    refunded: inCurrency(row.refunded),
    refundAsked: inCurrency(row.refund_asked),
    status: row.status,
    declineReason: row.decline_reason,
    next: row.next_call,
    attempts: row.attempts,
    version: row.version,
  }
}

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresPaymentStore(queryable: Queryable): PaymentStore {
  async function select(rest: string, value: unknown): Promise<Payment[]> {
    const { rows } = await queryable.query(`select ${columns} from payment where ${rest}`, [value])
    return rows.map(paymentFrom)
  }

  return {
    byIds: (ids) => select('id = any($1)', ids),
    byOrders: (orderIds) => select('order_id = any($1)', orderIds),
    lockByOrder: async (orderId) => (await select('order_id = $1 for update', orderId))[0],

    async insert(payment, paymentMethodToken) {
      const { id, orderId, userId, amount, status, next } = payment
      const { rowCount } = await queryable.query(
        `insert into payment (id, order_id, user_id, amount, currency, payment_method_token, status, next_call,
           traceparent)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (order_id) do nothing`,
        [
          ...[id, orderId, userId, amount.amount, amount.currency, paymentMethodToken, status, next],
          currentTraceparent(),
        ],
      )
      return rowCount === 1
    },

    async save(payment, pause) {
      const { id, refunded, refundAsked, status, declineReason, next, attempts, version } = payment
      const { rowCount } = await queryable.query(
        `update payment set refunded = $2, refund_asked = $3, status = $4, decline_reason = $5, next_call = $6,
           attempts = $7, version = $8, due_at = now() + $9 * interval '1 millisecond', updated_at = now(),
           payment_method_token = case when $10 then payment_method_token end, traceparent = $11
         where id = $1 and version = $8 - 1`,
        [
          ...[id, refunded.amount, refundAsked.amount, status, declineReason, next, attempts, version, pause],
          needsPaymentMethod(payment),
          currentTraceparent(),
        ],
      )
      return rowCount === 1
    },

    async claimDue(limit, hideFor) {
      const { rows } = await queryable.query(
        `with due as (
           select id as due_id from payment where next_call is not null and due_at <= now()
           order by due_at limit $1 for update skip locked
         )
         update payment set due_at = now() + $2 * interval '1 millisecond' from due where id = due_id
         returning ${columns}, payment_method_token, traceparent`,
        [limit, hideFor],
      )
      return rows.map((row) => {
        const { payment_method_token: paymentMethodToken, traceparent } = dueRow.parse(row)
        return { payment: paymentFrom(row), paymentMethodToken, traceparent: traceparent ?? undefined }
      })
    },

    importCaptured: (payments) => importCaptured(queryable, payments),
  }
}

async function importCaptured(queryable: Queryable, payments: readonly PastPayment[]): Promise<void> {
  await queryable.query(
    `insert into payment (id, order_id, user_id, amount, currency, status)
     select id, order_id, user_id, amount, currency, 'CAPTURED'
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[])
       as past (id, order_id, user_id, amount, currency) on conflict do nothing`,
    [
      payments.map(({ id }) => id),
      payments.map(({ orderId }) => orderId),
      payments.map(({ userId }) => userId),
      payments.map(({ amount }) => amount.amount),
      payments.map(({ amount }) => amount.currency),
    ],
  )
}
