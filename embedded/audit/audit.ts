import type { Law, Stores, Verdict } from './law.ts'
import { messageLaws } from './laws/messages.ts'
import { orderLaws } from './laws/orders.ts'
import { readModelLaws } from './laws/read-models.ts'
import { settlementLaws } from './laws/settlement.ts'
import { stockLaws } from './laws/stock.ts'

/** Everything that must hold over all stores together. */
const laws: readonly Law[] = [...stockLaws, ...settlementLaws, ...orderLaws, ...messageLaws, ...readModelLaws]

export interface Finding extends Verdict {
  readonly law: string
}

/** Looks at every law. What is under way is not a violation; what is stuck is. */
export async function audit(stores: Stores): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const law of laws) findings.push({ law: law.name, ...(await law.check(stores)) })
  return findings
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
