import type { Finding } from './audit.ts'

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
