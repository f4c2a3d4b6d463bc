import { inFlight, rowLaw, type Law } from '../law.ts'

export const orderLaws: readonly Law[] = [
  rowLaw<{ id: string; stuck: boolean; saga_state: string }>({
    name: 'every order ends',
    store: 'orders',
    query: `select id, saga_state,
        saga_state not in ('COMPLETED', 'REJECTED', 'CANCELLED') and (due_at is null or due_at < now() - ${inFlight} or attempt > 20) as stuck
      from "order"`,
    violation: ({ id, stuck, saga_state }) => (stuck ? `order ${id} is stuck in ${saga_state}` : undefined),
  }),
  rowLaw<{ user_id: string; idempotency_key: string; orders: number }>({
    name: 'one idempotency key, one order',
    store: 'orders',
    query: `select user_id, idempotency_key, count(*)::int as orders from "order"
      where idempotency_key is not null group by user_id, idempotency_key`,
    violation: ({ user_id, idempotency_key, orders }) =>
      orders === 1 ? undefined : `key ${idempotency_key} of user ${user_id} has ${orders} orders`,
  }),
  rowLaw<{ id: string; total: string; sum: string | null }>({
    name: 'lines sum to totals',
    store: 'orders',
    query: `select id, total::text, (
        select sum(unit_price * quantity)::text from order_line where order_id = "order".id
      ) as sum from "order"`,
    violation: ({ id, total, sum }) =>
      total === sum ? undefined : `order ${id} totals ${total}, its lines ${sum ?? 'nothing'}`,
  }),
]
