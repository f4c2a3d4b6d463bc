/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/** The key of a variant, which products owns. */
export interface VariantModel {
  readonly __typename?: 'ProductVariant'
  readonly id: string
}
