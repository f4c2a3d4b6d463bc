import type { BasketHistory } from '../../subgraphs/recommendations/domain/basket-history.ts'
import { bestFirst, type Scored } from '../../subgraphs/recommendations/domain/ranking.ts'
import type { RecommendationContext } from '../../subgraphs/recommendations/domain/recommenders/recommender.ts'
import { shrunkCosine } from '../../subgraphs/recommendations/domain/recommenders/shrunk-cosine.ts'

export interface ListsOptions {
  /** Of each product, so many of what belongs to it most. */
  readonly length: number
  /** What cannot be bought. */
  readonly without: ReadonlySet<number>
  /** A product scores the sum of what its members give it, not the most. */
  readonly summed?: boolean
}

/** As recommendations were served once: by a list of each product, by shrunk cosine, and the lists of the members made one. */
export function withinLists(
  history: BasketHistory,
  { length, without, summed = false }: ListsOptions,
): (context: RecommendationContext) => readonly Scored<number>[] {
  const cosine = shrunkCosine(history)
  const lists = new Map<number, readonly Scored<number>[]>()

  function listOf(member: number): readonly Scored<number>[] {
    const list =
      lists.get(member) ?? cosine.recommend({ members: [member], limit: Math.min(length, history.productCount()) })
    lists.set(member, list)
    return list
  }

  return ({ members, limit }) => {
    const scores = new Map<number, number>()
    for (const { product, score } of members.flatMap(listOf)) {
      const before = scores.get(product) ?? 0
      scores.set(product, summed ? before + score : Math.max(before, score))
    }
    return Array.from(scores, ([product, score]) => ({ product, score }))
      .filter(({ product }) => !without.has(product) && !members.includes(product))
      .sort(bestFirst)
      .slice(0, limit)
  }
}
