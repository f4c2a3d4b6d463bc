import type { Scored } from '../ranking.ts'

/** What is known when something is to be recommended. */
export interface RecommendationContext {
  /** In a cart, or bought before: the numbers of the products, each once, the newest first where that is known. */
  readonly members: readonly number[]
  /** How many are wanted, best first. */
  readonly limit: number
}

/**
 * One way to find what goes with the members, which it never recommends themselves. It is made of a history of baskets,
 * some of weights trained on that as well, and adding one basket to the history updates all that read it, at once. So training and
 * updating are done once for all of them, by the model that owns the history (`serving/model.ts`): each way would otherwise keep a history of its own.
 */
export interface Recommender {
  readonly algorithm: string
  recommend(context: RecommendationContext): readonly Scored<number>[]
}
