import type { BasketHistory } from '../basket-history.ts'
import type { Scored } from '../ranking.ts'

/** What is known when something is to be recommended. */
export interface RecommendationContext {
  /** In a cart, or bought before: the numbers of the products, each once, the newest first where that is known. */
  readonly members: readonly number[]
  /** How many are wanted, best first. */
  readonly limit: number
}

/**
 * One way to find what goes with the members, which it never recommends themselves. What reads the history alone is
 * updated by adding a basket to it; what had to be trained on it keeps what it learnt until it is trained again.
 */
export interface Recommender {
  readonly algorithm: string
  recommend(context: RecommendationContext): readonly Scored<number>[]
}

/** Learns from the baskets that are there; a model of one way. */
export type TrainRecommender = (history: BasketHistory) => Recommender
