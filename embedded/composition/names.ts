import { fileURLToPath } from 'node:url'

import { readSubgraphList } from '../../platform/subgraph/list.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The names of the subgraphs, as supergraph.yaml lists them. */
export function listedSubgraphs(): string[] {
  return readSubgraphList(root).map(({ name }) => name)
}

/** The name of the own database of a subgraph, or of the bus. */
export function databaseName(owner: string): string {
  return `souk_${owner}`
}

/** @throws Error when what is put together here and what supergraph.yaml lists are not the same subgraphs */
export function assertSameSubgraphs(composed: readonly string[], listed: readonly string[]): void {
  const problems = [
    ...missingFrom(listed, composed).map((name) => `${name} is put together, and not listed in supergraph.yaml`),
    ...missingFrom(composed, listed).map((name) => `${name} is listed in supergraph.yaml, and not put together`),
  ]
  if (problems.length > 0) throw new Error(`embedded/composition/compose.ts: ${problems.join('; ')}`)
}

function missingFrom(list: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) => !list.includes(name))
}
