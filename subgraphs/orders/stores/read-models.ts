import type { KnownCart, Offer } from '../domain/placement.ts'

export interface Versioned {
  /** Of the aggregate that the message describes. */
  readonly version: number
}

export interface ProductVariants extends Versioned {
  readonly productId: string
  readonly variants: readonly Omit<Offer, 'available' | 'productId'>[]
}

export interface VariantStock extends Versioned {
  readonly variantId: string
  readonly available: number
}

export interface OwnedCart extends KnownCart {
  readonly owner: { readonly kind: 'guest' | 'user'; readonly id: string }
}

export interface PricedCart {
  readonly cart: KnownCart
  readonly offers: readonly Offer[]
}

/** What orders has read of other subgraphs. What is older than what is known changes nothing. */
export interface ReadModels {
  /** What a product no longer has is forgotten. */
  applyProducts(products: readonly ProductVariants[]): Promise<void>
  applyStock(levels: readonly VariantStock[]): Promise<void>
  /** Notifies those who wait for a cart. */
  applyCarts(carts: readonly OwnedCart[]): Promise<void>
  /** The user's cart, with what is known of what lies in it. */
  cartOf(userId: string): Promise<PricedCart | undefined>
}
