import type { Subgraph } from '../platform/subgraph/subgraph.ts'

/** What one subgraph publishes another handles, so once round is not enough: the longest chain is three subgraphs. */
export async function allSettled(subgraphs: readonly Subgraph[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const subgraph of subgraphs) await subgraph.settled()
  }
}
