import { setTimeout as pass } from 'node:timers/promises'

import type { Law, Stores, Verdict } from './law.ts'
import { derivedLaws } from './laws/derived.ts'
import { historyLaws } from './laws/histories.ts'
import { messageLaws } from './laws/messages.ts'
import { orderLaws } from './laws/orders.ts'
import { ownerLaws } from './laws/owners.ts'
import { paymentMethodLaw } from './laws/payment-methods.ts'
import { readModelLaws } from './laws/read-models.ts'
import { settlementLaws } from './laws/settlement.ts'
import { stockLaws } from './laws/stock.ts'

/** Everything that must hold over all stores together. */
const laws: readonly Law[] = [
  ...stockLaws,
  ...settlementLaws,
  paymentMethodLaw,
  ...orderLaws,
  ...messageLaws,
  ...ownerLaws,
  ...readModelLaws,
  ...historyLaws,
  ...derivedLaws,
]

export interface Finding extends Verdict {
  readonly law: string
}

export interface AuditOptions {
  /** Milliseconds before the second look. */
  readonly again?: number
  /** The name of the one law to look at. */
  readonly only?: string
}

/**
 * Looks at the laws. What is under way is not a violation; what is stuck is. The stores of a shop that goes on selling
 * cannot be read at one moment, so what seems broken is looked at once more, and counts when it is so in the same words.
 */
export async function audit(stores: Stores, { again = 2_000, only }: AuditOptions = {}): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const law of laws.filter(({ name }) => only === undefined || name === only))
    findings.push({ law: law.name, ...(await law.check(stores)) })
  if (findings.every(({ violations }) => violations.length === 0)) return findings
  await pass(again)
  return Promise.all(findings.map((finding) => confirmed(finding, stores)))
}

async function confirmed(finding: Finding, stores: Stores): Promise<Finding> {
  const law = laws.find(({ name }) => name === finding.law)
  if (law === undefined || finding.violations.length === 0) return finding
  const still = new Set((await law.check(stores)).violations)
  return { ...finding, violations: finding.violations.filter((violation) => still.has(violation)) }
}

const mostShown = 10

/** For people: a line a law with how much was checked, and its violations below it. */
export function report(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ law, checked, violations }) => [
    `${violations.length === 0 ? 'holds ' : 'BROKEN'}  ${law} (${checked.toLocaleString('en-GB')} checked)`,
    ...violations.slice(0, mostShown).map((violation) => `        - ${violation}`),
    ...(violations.length > mostShown ? [`        - and ${violations.length - mostShown} more`] : []),
  ])
  const broken = findings.filter(({ violations }) => violations.length > 0).length
  return [
    ...lines,
    broken === 0 ? `All ${findings.length} laws hold.` : `${broken} of ${findings.length} laws are broken.`,
  ].join('\n')
}
