import { factsBy } from '../../platform/laws/facts.ts'
import type { Questions } from '../../platform/laws/law.ts'

/** What notifications' store holds. */
export function notificationsLaws(store: Questions) {
  return {
    contacts: () =>
      factsBy(
        store,
        `select user_id as key, user_id as "messageKey", to_jsonb(contact) - 'user_id' as fact from contact`,
      ),
    /** How often the confirmation of each order was sent. */
    async confirmations(): Promise<ReadonlyMap<string, number>> {
      const { rows } = await store.query<{ order_id: string; times: number }>(
        `select order_id, count(*)::int as times from notification
         where template = 'order-confirmed' group by order_id`,
      )
      return new Map(rows.map((row) => [row.order_id, row.times]))
    },
  }
}
