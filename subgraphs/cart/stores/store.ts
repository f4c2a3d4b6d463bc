import type { Image } from '../../../contracts/products.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { OutgoingMessage } from '../../../platform/messaging/message.ts'
import type { Money } from '../../../platform/money.ts'
import type { Cart, CartOwner, Offer } from '../domain.ts'

/** Whole carts, one an owner. */
export interface CartStore {
  /** Those of the owners that have one. */
  byOwners(owners: readonly CartOwner[]): Promise<ReadCarts>
  /**
   * Saves the cart and what is published of it, in one atomic write.
   * @returns false, and nothing has changed, when the stored version is not `cart.version - 1` any more
   */
  save(cart: Cart, messages: readonly OutgoingMessage[]): Promise<boolean>
}

export interface ReadCarts {
  readonly carts: readonly Cart[]
  /** Set where a copy was read, since the store is away: it has every change up to then, and none can be made. */
  readonly copiedUntil?: Date
}

/** What the catalogue last published of a product: all that a cart shows of it. */
export interface KnownProduct {
  readonly productId: string
  readonly slug: string
  readonly name: string
  readonly images: readonly Image[]
  readonly variants: readonly KnownVariant[]
  readonly sold: boolean
  readonly version: number
}

export interface KnownVariant {
  readonly variantId: string
  readonly sku: string
  readonly name: string
  readonly price: Money
}

/** A variant as a cart shows it. */
export interface ShownVariant extends KnownVariant {
  readonly product: Pick<KnownProduct, 'productId' | 'slug' | 'name' | 'images'> & {
    readonly priceRange: { readonly lowest: Money; readonly highest: Money }
  }
}

export interface KnownStock {
  readonly variantId: string
  readonly available: number
  readonly version: number
}

/** What cart knows the variants: a read model, which can be rebuilt from the bus. */
export interface OfferStore {
  offers(variantIds: readonly string[]): Promise<Map<string, Offer>>
  /** By variant; of what is sold no more, too. */
  shown(variantIds: readonly string[]): Promise<Map<string, ShownVariant>>
  /** What is older than what is known changes nothing; what a product no longer has is forgotten. */
  applyProducts(products: readonly KnownProduct[]): Promise<void>
  /** What is older than what is known changes nothing. */
  applyStock(levels: readonly KnownStock[]): Promise<void>
  /** Whether no product is known, so that all has to be read from the bus again. */
  knowsNoProduct(): Promise<boolean>
}

/** All that the composition hands in. */
export interface CartStores extends Stores {
  readonly carts: CartStore
  readonly offers: OfferStore
}
