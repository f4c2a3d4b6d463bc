import { isAlike, type Comparison, type Digest } from './move.ts'

export interface Outcome {
  /** `products`. */
  readonly subgraph: string
  readonly comparisons: readonly Comparison[]
  /** Messages that the old store has not published yet: they stay there. */
  readonly unpublished: number
  /** Messages that the new store has not published yet, where it is in use: they are lost to whoever goes back now. */
  readonly unpublishedInNew?: number | undefined
}

/** Whether the new store can take the place of the old one, if nothing is changed any more. */
export function isComplete({ comparisons, unpublished }: Outcome): boolean {
  return comparisons.every(isAlike) && unpublished === 0
}

/** For people. */
export function report(outcome: Outcome): string {
  const { subgraph, comparisons, unpublished, unpublishedInNew } = outcome
  const lines = comparisons.map((comparison) => `  ${comparison.name.padEnd(14)}${compared(comparison)}`)
  lines.push(`  messages that the old store has yet to publish: ${unpublished}`)
  if (unpublishedInNew !== undefined)
    lines.push(`  messages that the new store has yet to publish: ${unpublishedInNew}`)
  return [`${subgraph}:`, ...lines].join('\n')
}

function compared(comparison: Comparison): string {
  const { from, to } = comparison
  if (isAlike(comparison)) return `alike      ${shown(from)}`
  return `DIFFERENT  ${shown(from)} in the old store, ${shown(to)} in the new one`
}

function shown({ count, hash }: Digest): string {
  return `${count.toLocaleString('en-GB')} (sha256 ${hash.slice(0, 12)})`
}
