import { inFlight, type Questions } from '../../laws/law.ts'

/** A message that a crash or a fault has left in the outbox. */
interface LateMessage {
  readonly id: string
  readonly type: string
}

/** What is reported of the outbox that lies in a store. */
export function outboxFacts(store: Questions) {
  return {
    /** Messages that should have been published by now. */
    async late(): Promise<LateMessage[]> {
      const { rows } = await store.query<LateMessage>(
        `select id, message ->> 'type' as type from outbox where (message ->> 'time')::timestamptz < now() - ${inFlight}`,
      )
      return rows
    },

    /** Keys of the messages of a type that are not published yet. */
    async unpublished(type: string): Promise<ReadonlySet<string>> {
      const { rows } = await store.query<{ key: string }>(
        `select message ->> 'subject' as key from outbox where message ->> 'type' = $1`,
        [type],
      )
      return new Set(rows.map(({ key }) => key))
    },
  }
}

export type OutboxFacts = ReturnType<typeof outboxFacts>
