import { inFlightSeconds } from '../platform/laws/law.ts'
import type { Finding } from './audit.ts'

const mostShown = 10

const whyNone =
  `0 checked: the shop has nothing yet that the law is about. What must follow from an order is looked at ` +
  `${inFlightSeconds} seconds after it: before, it may be on its way.`

/** For people: a line a law with how much was checked, and its violations below it. */
export function report(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ law, checked, violations }) => [
    `${violations.length === 0 ? 'holds ' : 'BROKEN'}  ${law} (${checked.toLocaleString('en-GB')} checked)`,
    ...violations.slice(0, mostShown).map((violation) => `        - ${violation}`),
    ...(violations.length > mostShown ? [`        - and ${violations.length - mostShown} more`] : []),
  ])
  if (findings.some(({ checked }) => checked === 0)) lines.push(whyNone)
  const broken = findings.filter(({ violations }) => violations.length > 0).length
  return [
    ...lines,
    broken === 0 ? `All ${findings.length} laws hold.` : `${broken} of ${findings.length} laws are broken.`,
  ].join('\n')
}
