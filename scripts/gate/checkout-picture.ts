import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { transitions, type Transition } from '../../subgraphs/orders/domain/transitions.ts'
import type { GeneratedFile } from './generated-types.ts'
import { StepFailure } from './step-failure.ts'

const begin = '<!-- The checkout: `npm run generate` draws this from subgraphs/orders/domain/transitions.ts. -->'
const end = '<!-- The end of what is drawn. -->'

/** The README with the picture of the checkout as its transitions are now. @throws StepFailure without a place for it */
export function readmeWithCheckout(root: string): GeneratedFile {
  const path = 'README.md'
  const readme = readFileSync(join(root, path), 'utf8')
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)]
  if (from < 0 || to < from) throw new StepFailure(`README.md has no place for the checkout: ${begin} … ${end}`)
  const picture = ['', '', '```mermaid', ...drawn(transitions), '```', '', ''].join('\n')
  const content = readme.slice(0, from + begin.length) + picture + readme.slice(to)
  return { path, content, stale: content !== readme }
}

/** A mermaid state diagram; what leaves the state as it is, such as a command sent again, is not drawn. */
export function drawn(rows: readonly Transition[]): string[] {
  const arrows = new Map<string, string[]>()
  for (const row of rows.filter(({ from, to }) => from !== to)) {
    const arrow = `${nodeOf(row.from)} --> ${row.to}`
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), labelOf(row)])
  }
  return [
    'stateDiagram-v2',
    '  direction LR',
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${linesOf(labels)}`),
  ]
}

function linesOf(labels: readonly string[]): string {
  return labels.join('<br/>')
}

function nodeOf(state: Transition['from']): string {
  return state === 'NONE' ? '[*]' : state
}

function labelOf({ on, when }: Transition): string {
  return nameOf(on) + (when === undefined ? '' : ` (${when})`)
}

/** Messages by their names; what shoppers ask for by the name of the mutation. */
function nameOf(on: Transition['on']): string {
  const name = pascalCase(on)
  return on === 'PLACE_ORDER' || on === 'CANCEL_ORDER' ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

function pascalCase(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('')
}
