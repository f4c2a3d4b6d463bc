import type { SeenCart } from '../carts.ts'
import type { CartLine, Shortage } from '../domain.ts'
import type { ShownVariant } from '../stores/store.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

export interface CartModel extends SeenCart {
  readonly __typename?: 'Cart'
}

export type CartLineModel = CartLine

export type ShortageModel = Shortage

/** With all that the schema promises to provide. */
export interface VariantModel extends Pick<ShownVariant, 'sku' | 'name' | 'price'> {
  readonly id: string
  readonly product: ProductModel
}

export interface ProductModel extends Omit<ShownVariant['product'], 'productId'> {
  readonly id: string
}

export function variantModel({ variantId: id, product, ...variant }: ShownVariant): VariantModel {
  const { productId, ...shown } = product
  return { ...variant, id, product: { ...shown, id: productId } }
}
