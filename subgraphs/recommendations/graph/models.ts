import type { RecommendationReason } from './generated.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/** The key of an entity that somebody else owns. */
export interface KeyModel {
  readonly id: string
}

/** `lines` is there when the gateway asks for the suggestions. */
export interface CartModel extends KeyModel {
  readonly lines?: readonly { readonly variant: KeyModel }[]
}

export interface RecommendationModel {
  readonly product: KeyModel
  readonly reason: RecommendationReason
  readonly explanation: string
  readonly algorithm: string
  readonly score: number
}
