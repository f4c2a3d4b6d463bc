import type { Money } from '../../../platform/money.ts'
import type { Cart, CartLine, Shortage } from '../domain.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/** The price of a variant, as the gateway brings it from products for a field that requires it. */
export interface PricedVariant {
  readonly price: Money
}

/**
 * `prices` is there when the gateway asks for the subtotal: by variant, of the lines that it saw. The cart may have
 * changed between that look and this one.
 */
export interface CartModel extends Cart {
  readonly __typename?: 'Cart'
  readonly prices?: ReadonlyMap<string, Money>
}

export interface CartLineModel extends CartLine {
  readonly priced?: PricedVariant
}

/** The key of a variant, which products owns. */
export interface VariantModel {
  readonly id: string
}

export type ShortageModel = Shortage
