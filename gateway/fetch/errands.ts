import type { Fetch } from './link.ts'
import { isQuery } from './operation-type.ts'

/** The one subgraph that may ask the graph back: the assistant lives there (docs/decisions/0027-assistant.md). */
const mayAskBack = 'recommendations'

/** Milliseconds that a fetch may take which is given an errand: those of the assistant's turn, and what lies around it. */
export const errandDeadline = 17_000

/** Whether a fetch is one that its subgraph may have to ask the graph back for. Queries are answered from its own store. */
export function isErrand({ subgraph, query }: Pick<Fetch, 'subgraph' | 'query'>): boolean {
  return subgraph === mayAskBack && !isQuery(query)
}
