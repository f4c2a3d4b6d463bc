import { orderConfirmed } from '../../contracts/orders.ts'
import type { Law } from '../../platform/laws/law.ts'
import type { Audited } from '../stores.ts'

export function messageLaws(audited: Audited): Law[] {
  return [outboxLaw(audited), consequencesLaw(audited)]
}

function outboxLaw({ outboxes }: Audited): Law {
  return {
    name: 'every message in an outbox is published',
    async check() {
      const late = await Promise.all(
        outboxes.map(async ([owner, outbox]) => (await outbox.late()).map((message) => ({ ...message, owner }))),
      )
      return {
        checked: outboxes.length,
        violations: late.flat().map(({ owner, type, id }) => `${owner} still has ${type} ${id} in its outbox`),
      }
    },
  }
}

function consequencesLaw({ bus, notifications, recommendations }: Audited): Law {
  const consequences = {
    'confirmation sent': () => notifications.confirmations(),
    'basket learned from': () => recommendations.lessons(),
  }
  return {
    name: 'an order that is confirmed has each of its consequences once',
    async check() {
      const confirmed = await bus.publishedLongAgo(orderConfirmed.type)
      const violations: string[] = []
      for (const [what, timesOfOrders] of Object.entries(consequences)) {
        const timesOf = await timesOfOrders()
        for (const [id, times] of timesOf) if (times > 1) violations.push(`order ${id}: ${what} ${times} times`)
        for (const id of confirmed) if (!timesOf.has(id)) violations.push(`order ${id}: ${what} never`)
      }
      return { checked: confirmed.size * Object.keys(consequences).length, violations }
    },
  }
}
