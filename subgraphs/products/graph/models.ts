import type { Category, Product, Variant } from '../domain/product.ts'
import type { Criteria } from '../stores/store.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

export interface ProductModel extends Product {
  readonly __typename?: 'Product'
}

/** A variant comes with its product, since they are stored as one. */
export interface VariantModel extends Variant {
  readonly __typename?: 'ProductVariant'
  readonly product: Product
}

/** `productCount` where it was read along. */
export interface CategoryModel extends Category {
  readonly productCount?: number
}

/** A page, with the criteria of its list, by which the list is counted if somebody asks. */
export interface ProductListModel {
  readonly edges: readonly { readonly cursor: string; readonly node: Product }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly criteria: Criteria | undefined
}

export function variantsOf(product: Product): VariantModel[] {
  return product.variants.map((variant) => ({ ...variant, product }))
}
