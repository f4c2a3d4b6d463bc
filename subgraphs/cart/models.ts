import type { Money } from '../../platform/money.ts'
import type { Cart, CartLine, Shortage } from './domain.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/** The price of a variant, as the gateway brings it from products for a field that requires it. */
export interface PricedVariant {
  readonly price: Money
}

/** `priced` is there when the gateway asks for the subtotal: its lines are the cart's, in the cart's order. */
export interface CartModel extends Cart {
  readonly __typename?: 'Cart'
  readonly priced?: readonly { readonly variant: PricedVariant }[]
}

export interface CartLineModel extends CartLine {
  readonly priced?: PricedVariant
}

/** The key of a variant, which products owns. */
export interface VariantModel {
  readonly id: string
}

export type ShortageModel = Shortage
