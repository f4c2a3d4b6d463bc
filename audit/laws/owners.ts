import { differences, settledFacts, type Fact, type OutboxFacts, type OwnState } from '../../platform/laws/facts.ts'
import type { Law } from '../../platform/laws/law.ts'
import type { Audited, Publisher } from '../stores.ts'

/** Whatever is published as state. With the laws of the read models: what a reader has is what the owner has. */
export function ownerLaws(audited: Audited): Law[] {
  return (['products', 'inventory', 'cart'] as const).map((owner) => ownerLaw(audited, owner))
}

function ownerLaw(audited: Audited, owner: 'products' | 'inventory' | 'cart'): Law {
  const { type, facts, read = (data) => data }: OwnState = audited[owner].state
  return {
    name: `the bus has ${type} as ${owner} has it`,
    async check() {
      const has = await facts()
      const published = (await audited.bus.states(type)).map(({ key, version, data }): Fact => {
        return { key, messageKey: key, fact: { version, data: read(data) } }
      })
      const pending = await outboxOf(audited, owner).unpublished(type)
      return {
        checked: has.length,
        violations: differences(settledFacts(has, pending), settledFacts(published, pending)),
      }
    },
  }
}

export function outboxOf({ outboxes }: Audited, owner: Publisher): OutboxFacts {
  const found = outboxes.find(([name]) => name === owner)
  if (found === undefined) throw new Error(`${owner} has no outbox`)
  return found[1]
}
