import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import { currentTraceparent } from '../../../../platform/telemetry/trace.ts'
import type { Contact, Notification } from '../../domain.ts'
import type { NotificationStore } from '../store.ts'

const columns = 'id, user_id, order_id, channel, template, recipient, subject, text, status, attempts, sent_at'

const notificationRow = z
  .object({
    id: z.string(),
    user_id: z.string(),
    order_id: z.string().nullable(),
    channel: z.enum(['EMAIL', 'SMS', 'PUSH', 'WEBHOOK']),
    template: z.enum(['welcome', 'order-confirmed', 'order-rejected', 'order-cancelled']),
    recipient: z.string(),
    subject: z.string(),
    text: z.string(),
    status: z.enum(['QUEUED', 'SENT', 'FAILED']),
    attempts: z.int(),
    sent_at: z.date().nullable(),
  })
  .transform(({ user_id: userId, order_id: orderId, sent_at: sentAt, ...rest }): Notification => {
    return { ...rest, userId, orderId, sentAt }
  })

const dueRow = z.object({ traceparent: z.string().nullable() })

interface ContactRow {
  readonly user_id: string
  readonly email: string
  readonly name: string
}

/** @param queryable the pool for reads alone, else the open transaction */
export function postgresNotificationStore(queryable: Queryable): NotificationStore {
  async function rowsOf(statement: string, values: readonly unknown[]): Promise<Notification[]> {
    const { rows } = await queryable.query(statement, values)
    return rows.map((row) => notificationRow.parse(row))
  }

  return {
    async saveContact({ userId, email, name }) {
      await queryable.query(
        `insert into contact (user_id, email, name) values ($1, $2, $3)
         on conflict (user_id) do update set email = excluded.email, name = excluded.name`,
        [userId, email, name],
      )
    },

    async contact(userId): Promise<Contact | undefined> {
      const { rows } = await queryable.query<ContactRow>(
        'select user_id, email, name from contact where user_id = $1',
        [userId],
      )
      return rows.map((row) => ({ userId: row.user_id, email: row.email, name: row.name }))[0]
    },

    async insert(notification) {
      const { id, userId, orderId, channel, template, recipient, subject, text } = notification
      await queryable.query(
        `insert into notification (id, user_id, order_id, channel, template, recipient, subject, text, traceparent)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, userId, orderId, channel, template, recipient, subject, text, currentTraceparent()],
      )
    },

    byIds: (ids) => rowsOf(`select ${columns} from notification where id = any($1)`, [ids]),

    byOrders: (orderIds) =>
      rowsOf(`select ${columns} from notification where order_id = any($1) order by id`, [orderIds]),

    async save({ id, status, attempts, sentAt }, pause) {
      await queryable.query(
        `update notification set status = $2, attempts = $3, sent_at = $4,
           due_at = now() + $5 * interval '1 millisecond'
         where id = $1`,
        [id, status, attempts, sentAt, pause],
      )
    },

    async claimDue(limit, hideFor) {
      const { rows } = await queryable.query(
        `with due as (
           select id as due_id from notification where status = 'QUEUED' and due_at <= now()
           order by due_at limit $1 for update skip locked
         )
         update notification set due_at = now() + $2 * interval '1 millisecond' from due where id = due_id
         returning ${columns}, traceparent`,
        [limit, hideFor],
      )
      return rows.map((row) => ({
        notification: notificationRow.parse(row),
        traceparent: dueRow.parse(row).traceparent ?? undefined,
      }))
    },
  }
}
