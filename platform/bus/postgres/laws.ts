import type { StateMessage } from '../../laws/facts.ts'
import { inFlight, rowLaw, type Law, type Questions } from '../../laws/law.ts'

interface DeadLetterRow {
  readonly id: string
  readonly consumer: string
  readonly type: string
  readonly error: string
}

/** What must hold of the bus, and what it reports. */
export function busLaws(store: Questions) {
  async function keysBy(query: string, values: unknown[]): Promise<ReadonlySet<string>> {
    const { rows } = await store.query<{ key: string }>(query, values)
    return new Set(rows.map(({ key }) => key))
  }

  const laws: readonly Law[] = [
    rowLaw<DeadLetterRow>({
      name: 'no message was given up',
      store,
      query: `select id, consumer, message ->> 'type' as type, error from dead_letter`,
      violation: ({ id, consumer, type, error }) => `${consumer} gave up on ${type} (dead letter ${id}): ${error}`,
    }),
  ]

  return {
    laws,
    /** The newest message of each key. */
    async states(type: string): Promise<StateMessage[]> {
      const { rows } = await store.query<StateMessage>(
        `select key, version::int, message -> 'data' as data from state where type = $1`,
        [type],
      )
      return rows
    },

    /** Keys of state that the reader has not been handed yet. */
    stateOnTheWay: (reader: string, type: string) =>
      keysBy('select key from state_delivery where consumer = $1 and type = $2', [reader, type]),

    /** Keys of messages of the log that the consumer has not handled yet. */
    logOnTheWay: (consumer: string, type: string) =>
      keysBy(`select log.key from delivery join log using (position) where consumer = $1 and log.type = $2`, [
        consumer,
        type,
      ]),

    /** Keys of messages that have been published long enough for everybody to have handled them. */
    publishedLongAgo: (type: string) =>
      keysBy(`select distinct key from log where type = $1 and published_at < now() - ${inFlight}`, [type]),
  }
}

export type BusLaws = ReturnType<typeof busLaws>
