import type { BusLaws, StateMessage } from '../../laws/facts.ts'
import { inFlight, rowLaw, type Law, type Questions } from '../../laws/law.ts'

interface DeadLetterRow {
  readonly id: string
  readonly consumer: string
  readonly type: string
  readonly error: string
}

/** What must hold of the bus, and what it reports. */
export function busLaws(store: Questions): BusLaws {
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
    async states(type: string): Promise<StateMessage[]> {
      const { rows } = await store.query<StateMessage>(
        `select key, version::int, message -> 'data' as data from state where type = $1`,
        [type],
      )
      return rows
    },

    stateOnTheWay: (reader: string, type: string) =>
      keysBy('select key from state_delivery where consumer = $1 and type = $2', [reader, type]),

    logOnTheWay: (consumer: string, type: string) =>
      keysBy(`select log.key from delivery join log using (position) where consumer = $1 and log.type = $2`, [
        consumer,
        type,
      ]),

    publishedLongAgo: (type: string) =>
      keysBy(`select distinct key from log where type = $1 and published_at < now() - ${inFlight}`, [type]),
  }
}
