import { orderConfirmed } from '../../contracts/orders.ts'
import { userSignedUp } from '../../contracts/users.ts'
import { differences, settledFacts, type Fact } from '../../platform/laws/facts.ts'
import type { Law } from '../../platform/laws/law.ts'
import type { Audited } from '../stores.ts'
import { outboxOf } from './owners.ts'

/** What is kept of messages that go from the bus after some days: compared with who published them. */
interface History {
  readonly name: string
  readonly publisher: 'users' | 'orders'
  /** Its name on the bus. */
  readonly consumer: string
  readonly type: string
  /** By the publisher's own store. */
  expected(): Promise<Fact[]>
  found(): Promise<Fact[]>
}

export function historyLaws(audited: Audited): Law[] {
  const { users, orders, notifications, recommendations } = audited
  const ofOrders = { publisher: 'orders', consumer: 'recommendations', type: orderConfirmed.type } as const
  const histories: readonly History[] = [
    {
      name: 'notifications.contact is what users has of each account',
      ...{ publisher: 'users', consumer: 'notifications', type: userSignedUp.type },
      expected: () => users.contacts(),
      found: () => notifications.contacts(),
    },
    {
      name: 'recommendations.basket has every confirmed order, as orders has it',
      ...ofOrders,
      expected: () => orders.baskets(),
      found: () => recommendations.baskets(),
    },
    {
      name: 'recommendations.purchase has everything that was bought, as orders has it',
      ...ofOrders,
      expected: () => orders.purchases(),
      found: () => recommendations.purchases(),
    },
  ]
  return histories.map((history) => historyLaw(history, audited))
}

function historyLaw(history: History, audited: Audited): Law {
  return {
    name: history.name,
    async check() {
      const found = await history.found()
      const expected = await history.expected()
      const pending = await onTheWay(history, audited)
      return {
        checked: expected.length,
        violations: differences(settledFacts(expected, pending), settledFacts(found, pending)),
      }
    },
  }
}

/** Keys of what is in the outbox, or on the bus and not handled yet. */
async function onTheWay({ publisher, consumer, type }: History, audited: Audited): Promise<ReadonlySet<string>> {
  const unpublished = await outboxOf(audited, publisher).unpublished(type)
  const delivered = await audited.bus.logOnTheWay(consumer, type)
  return new Set([...unpublished, ...delivered])
}
