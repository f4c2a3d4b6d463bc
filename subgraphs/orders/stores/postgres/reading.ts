import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { Order } from '../../domain/order.ts'
import type { OrderStore } from '../store.ts'
import { orderColumns, orderFrom, stepFrom } from './rows.ts'

type Reading = Pick<OrderStore, 'byIds' | 'list' | 'count' | 'steps' | 'keyed' | 'isOrdered'>

const matches = '($1::uuid is null or user_id = $1) and ($2::text is null or status = $2)'

export function reading(queryable: Queryable): Reading {
  async function orders(rest: string, values: readonly unknown[]): Promise<Order[]> {
    const { rows } = await queryable.query(`select ${orderColumns} from "order" ${rest}`, values)
    return rows.map((row) => orderFrom(row).order)
  }

  return {
    byIds: (ids) => orders('where id = any($1)', [ids]),

    list: ({ userId, status }, { first, after }) =>
      orders(
        `where ${matches} and ($3::timestamptz is null or (placed_at, id) < ($3, $4::uuid))
         order by placed_at desc, id desc limit $5`,
        [userId, status, after?.placedAt, after?.id, first],
      ),

    async count({ userId, status }) {
      const { rows } = await queryable.query<{ count: number }>(
        `select count(*)::int as count from "order" where ${matches}`,
        [userId, status],
      )
      return rows[0]?.count ?? 0
    },

    async steps(orderIds) {
      const { rows } = await queryable.query(
        `select order_id, at, kind, message, attempt, trace_id, detail, status from saga_step
         where order_id = any($1) order by order_id, id`,
        [orderIds],
      )
      return rows.map(stepFrom)
    },

    async keyed(userId, key) {
      const { rows } = await queryable.query<{ order_id: string; digest: string }>(
        'select id as order_id, input_digest as digest from "order" where user_id = $1 and idempotency_key = $2',
        [userId, key],
      )
      return rows[0] && { orderId: rows[0].order_id, digest: rows[0].digest }
    },

    async isOrdered({ cartId, version }) {
      const { rowCount } = await queryable.query(
        `select from "order" where cart_id = $1 and cart_version = $2 and status not in ('REJECTED', 'CANCELLED')`,
        [cartId, version],
      )
      return rowCount !== 0
    },
  }
}
