import type { LateMessage, OutboxFacts } from '../../laws/facts.ts'
import { inFlight, type Questions } from '../../laws/law.ts'

/** Of the table outbox. */
export function outboxFacts(store: Questions): OutboxFacts {
  return {
    async late() {
      const { rows } = await store.query<LateMessage>(
        `select id, message ->> 'type' as type from outbox where (message ->> 'time')::timestamptz < now() - ${inFlight}`,
      )
      return rows
    },

    async unpublished(type) {
      const { rows } = await store.query<{ key: string }>(
        `select message ->> 'subject' as key from outbox where message ->> 'type' = $1`,
        [type],
      )
      return new Set(rows.map(({ key }) => key))
    },
  }
}
