import { setTimeout as pass } from 'node:timers/promises'

import type { Law, Verdict } from '../platform/laws/law.ts'
import { historyLaws } from './laws/histories.ts'
import { messageLaws } from './laws/messages.ts'
import { ownerLaws } from './laws/owners.ts'
import { paymentMethodLaw } from './laws/payment-methods.ts'
import { readModelLaws } from './laws/read-models.ts'
import { settlementLaws } from './laws/settlement.ts'
import { auditedIn, type Audited, type Stores } from './stores.ts'

/** Everything that must hold: of each store by itself, and of all together. */
function lawsOf(audited: Audited): Law[] {
  const { inventory, orders, bus, products, cart, recommendations } = audited
  return [
    ...inventory.laws,
    ...settlementLaws(audited),
    paymentMethodLaw(audited),
    ...orders.laws,
    ...messageLaws(audited),
    ...bus.laws,
    ...ownerLaws(audited),
    ...readModelLaws(audited),
    ...historyLaws(audited),
    ...products.laws,
    ...cart.laws,
    ...recommendations.laws,
  ]
}

export interface Finding extends Verdict {
  readonly law: string
}

export interface AuditOptions {
  /** Milliseconds before the second look. */
  readonly again?: number
  /** The name of the one law to look at. */
  readonly only?: string
}

/** Looks at the laws of a composition whose every store is PostgreSQL. */
export function audit(stores: Stores, options: AuditOptions = {}): Promise<Finding[]> {
  return auditOf(auditedIn(stores), options)
}

/**
 * Looks at the laws. What is under way is not a violation; what is stuck is. The stores of a shop that goes on selling
 * cannot be read at one moment, so what seems broken is looked at once more, and counts when it is so in the same words.
 */
export async function auditOf(audited: Audited, { again = 2_000, only }: AuditOptions = {}): Promise<Finding[]> {
  const laws = lawsOf(audited).filter(({ name }) => only === undefined || name === only)
  const findings: Finding[] = []
  for (const law of laws) findings.push({ law: law.name, ...(await law.check()) })
  if (findings.every(({ violations }) => violations.length === 0)) return findings
  await pass(again)
  return Promise.all(findings.map((finding) => confirmed(finding, laws)))
}

async function confirmed(finding: Finding, laws: readonly Law[]): Promise<Finding> {
  const law = laws.find(({ name }) => name === finding.law)
  if (law === undefined || finding.violations.length === 0) return finding
  const still = new Set((await law.check()).violations)
  return { ...finding, violations: finding.violations.filter((violation) => still.has(violation)) }
}
