import { orderConfirmed } from '../../contracts/orders.ts'
import { userSignedUp } from '../../contracts/users.ts'
import { differences, factsFrom, settledFacts } from '../facts.ts'
import type { Law, StoreName, Stores, Verdict } from '../law.ts'

interface Told {
  readonly speaker: StoreName
  /** The subgraph that hears it, under its own name. */
  readonly consumer: StoreName
  readonly type: string
}

/** Keys of what was said and is not handled yet. */
async function onTheWay(stores: Stores, { speaker, consumer, type }: Told): Promise<ReadonlySet<string>> {
  const said = await stores[speaker].query<{ key: string }>(
    `select message ->> 'subject' as key from outbox where message ->> 'type' = $1`,
    [type],
  )
  const delivered = await stores.bus.query<{ key: string }>(
    `select log.key from delivery join log using (position) where consumer = $1 and log.type = $2`,
    [consumer, type],
  )
  return new Set([...said.rows, ...delivered.rows].map(({ key }) => key))
}

/** Orders with what of them a history keeps: those confirmed here, and those that were imported as delivered. */
const bought = `
  select distinct on (step.order_id) step.order_id, user_id, step.message, (
      select array_agg(distinct product_id order by product_id) from order_line where order_id = "order".id
    ) as product_ids, step.at
  from saga_step as step join "order" on "order".id = step.order_id
  where step.message in ('${orderConfirmed.type}', 'orders.OrderDelivered') and step.status is not null
  order by step.order_id, step.id`

interface History {
  readonly name: string
  readonly told: Told
  /** What the speaker's own store says. */
  readonly expected: string
  readonly found: string
}

/** What is kept of messages that were said once, and go from the bus after some days: compared with who said them. */
const histories: readonly History[] = [
  {
    name: 'notifications.contact is what users has of each account',
    told: { speaker: 'users', consumer: 'notifications', type: userSignedUp.type },
    expected: `select id as key, id as "toldBy", jsonb_build_object('email', email, 'name', name) as fact from account`,
    found: `select user_id as key, user_id as "toldBy", to_jsonb(contact) - 'user_id' as fact from contact`,
  },
  {
    name: 'recommendations.basket has every confirmed order, as orders has it',
    told: { speaker: 'orders', consumer: 'recommendations', type: orderConfirmed.type },
    expected: `
      select 'order/' || order_id as key, order_id as "toldBy",
        jsonb_build_object('at', at, 'product_ids', product_ids) as fact
      from (${bought}) as bought where message = '${orderConfirmed.type}'`,
    found: `
      select source as key, substr(source, 7) as "toldBy", to_jsonb(basket) - 'source' || jsonb_build_object(
        'product_ids', (select array_agg(id order by id) from unnest(product_ids) as id)) as fact
      from basket where source like 'order/%'`,
  },
  {
    name: 'recommendations.purchase has everything that was bought, as orders has it',
    told: { speaker: 'orders', consumer: 'recommendations', type: orderConfirmed.type },
    expected: `
      select order_id || ' ' || product_id as key, order_id as "toldBy",
        jsonb_build_object('user_id', user_id, 'order_id', order_id, 'product_id', product_id, 'at', at) as fact
      from (${bought}) as bought, unnest(product_ids) as product_id`,
    found: `
      select order_id || ' ' || product_id as key, order_id as "toldBy", to_jsonb(purchase) as fact from purchase`,
  },
]

function lawOf({ name, told, expected, found }: History): Law {
  return {
    name,
    async check(stores): Promise<Verdict> {
      const heard = await factsFrom(stores, told.consumer, found)
      const said = await factsFrom(stores, told.speaker, expected)
      const pending = await onTheWay(stores, told)
      return {
        checked: said.length,
        violations: differences(settledFacts(said, pending), settledFacts(heard, pending)),
      }
    },
  }
}

export const historyLaws: readonly Law[] = histories.map(lawOf)
