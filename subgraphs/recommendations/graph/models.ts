import type { Image } from '../../../contracts/products.ts'
import type { Money } from '../../../platform/money.ts'
import type { Recommendation } from '../recommending/recommendation.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/** The key of an entity that somebody else owns. */
export interface KeyModel {
  readonly id: string
}

/** With all that the schema promises to provide of a recommended product. */
export interface CardModel extends KeyModel {
  readonly slug: string
  readonly name: string
  readonly images: readonly Image[]
  readonly priceRange: { readonly lowest: Money; readonly highest: Money }
}

/** `lines` is there when the gateway asks for the suggestions. */
export interface CartModel extends KeyModel {
  readonly lines?: readonly { readonly variant: KeyModel }[]
}

export type RecommendationModel = Recommendation
