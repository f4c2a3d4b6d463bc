import { inFlight, rowLaw, type Law, type StoreName, type Stores, type Verdict } from '../law.ts'

const speakers: readonly StoreName[] = ['products', 'inventory', 'users', 'cart', 'orders', 'payments', 'notifications']

interface OutboxRow {
  readonly id: string
  readonly said: string
  readonly late: boolean
}

const outboxLaw: Law = {
  name: 'what was said is published',
  async check(stores): Promise<Verdict> {
    const outboxes = await Promise.all(
      speakers.map(async (speaker) => {
        const { rows } = await stores[speaker].query<OutboxRow>(
          `select id, message ->> 'type' as said, (message ->> 'time')::timestamptz < now() - ${inFlight} as late from outbox`,
        )
        return rows.map((row) => ({ ...row, speaker }))
      }),
    )
    const late = outboxes.flat().filter((row) => row.late)
    return {
      checked: speakers.length,
      violations: late.map(({ speaker, said, id }) => `${speaker} still has ${said} ${id} in its outbox`),
    }
  },
}

interface Effect {
  readonly what: string
  readonly store: StoreName
  /** Selects `order_id` and `times`: how often the effect of its confirmation is there. */
  readonly query: string
}

const effects: readonly Effect[] = [
  {
    what: 'confirmation sent',
    store: 'notifications',
    query: `select order_id, count(*)::int as times from notification where template = 'order-confirmed' group by order_id`,
  },
  {
    what: 'basket learned from',
    store: 'recommendations',
    query: `select substr(source, 7)::uuid as order_id, count(*)::int as times from basket
      where source like 'order/%' group by source`,
  },
]

/** Orders whose confirmation has been on the bus long enough for everybody to have heard it. */
async function confirmedOrders(stores: Stores): Promise<string[]> {
  const { rows } = await stores.bus.query<{ key: string }>(
    `select distinct key from log where type = 'orders.OrderConfirmed' and published_at < now() - ${inFlight}`,
  )
  return rows.map(({ key }) => key)
}

const effectsLaw: Law = {
  name: 'an order that is confirmed has each of its consequences once',
  async check(stores): Promise<Verdict> {
    const confirmed = await confirmedOrders(stores)
    const violations: string[] = []
    for (const { what, store, query } of effects) {
      const { rows } = await stores[store].query<{ order_id: string; times: number }>(query)
      const times = new Map(rows.map((row) => [row.order_id, row.times]))
      for (const row of rows) if (row.times > 1) violations.push(`order ${row.order_id}: ${what} ${row.times} times`)
      for (const id of confirmed) if (!times.has(id)) violations.push(`order ${id}: ${what} never`)
    }
    return { checked: confirmed.length * effects.length, violations }
  },
}

export const messageLaws: readonly Law[] = [
  outboxLaw,
  effectsLaw,
  rowLaw<{ id: string; consumer: string; type: string; error: string }>({
    name: 'no message was given up',
    store: 'bus',
    query: `select id, consumer, message ->> 'type' as type, error from dead_letter`,
    violation: ({ id, consumer, type, error }) => `${consumer} gave up on ${type} (dead letter ${id}): ${error}`,
  }),
]
