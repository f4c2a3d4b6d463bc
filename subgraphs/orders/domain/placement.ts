import { money, type Money } from '../../../platform/money.ts'
import { totalOf, type CartVersion } from './order.ts'

/** A cart as orders knows it. */
export interface KnownCart extends CartVersion {
  readonly lines: readonly { readonly lineId: string; readonly variantId: string; readonly quantity: number }[]
}

/** What is known of a variant when somebody wants to buy it. */
export interface Offer {
  readonly variantId: string
  readonly productId: string
  /** As an order line shows it. */
  readonly name: string
  readonly price: Money
  readonly onSale: boolean
  /** Undefined until inventory's first message: then it is inventory's to refuse. */
  readonly available: number | undefined
}

export interface PricedLine {
  readonly cartLineId: string
  readonly variantId: string
  readonly productId: string
  readonly name: string
  readonly unitPrice: Money
  readonly quantity: number
}

export interface Shortage {
  readonly variantId: string
  readonly requested: number
  readonly available: number
}

/** What the shopper saw, and wants to buy. */
export interface Wish {
  readonly cartVersion: number
  /** In minor units. */
  readonly expectedTotal: number
}

export interface Accepted {
  readonly kind: 'ACCEPTED'
  readonly cart: CartVersion
  readonly lines: readonly PricedLine[]
  readonly total: Money
}

export type Placement =
  | Accepted
  | { readonly kind: 'CART_EMPTY' }
  /** Not the version that the shopper saw: an older one, one that has not arrived yet, or one that never was. */
  | { readonly kind: 'CART_CHANGED' }
  | { readonly kind: 'PRICE_CHANGED'; readonly expectedTotal: Money; readonly currentTotal: Money }
  | { readonly kind: 'OUT_OF_STOCK'; readonly shortages: readonly Shortage[] }

/**
 * Prices a cart from what orders knows, or refuses it. The first of these reasons is given, since it makes those
 * after it pointless: nothing in it, not the cart that was seen, things that cannot be had, another total.
 */
export function place(wish: Wish, cart: KnownCart | undefined, offers: readonly Offer[]): Placement {
  if (cart === undefined) return wish.cartVersion === 0 ? { kind: 'CART_EMPTY' } : { kind: 'CART_CHANGED' }
  if (cart.version < wish.cartVersion) return { kind: 'CART_CHANGED' }
  if (cart.lines.length === 0) return { kind: 'CART_EMPTY' }
  if (cart.version > wish.cartVersion) return { kind: 'CART_CHANGED' }
  return price(wish, cart, new Map(offers.map((offer) => [offer.variantId, offer])))
}

function price({ expectedTotal }: Wish, cart: KnownCart, offers: ReadonlyMap<string, Offer>): Placement {
  const lines: PricedLine[] = []
  const shortages: Shortage[] = []
  for (const { lineId: cartLineId, variantId, quantity } of cart.lines) {
    const offer = offers.get(variantId)
    const available = availableOf(offer)
    if (offer === undefined || quantity > available) shortages.push({ variantId, requested: quantity, available })
    else lines.push({ ...soldAs(offer), cartLineId, quantity })
  }
  if (shortages.length > 0) return { kind: 'OUT_OF_STOCK', shortages }
  const total = totalOf(lines)
  if (total.amount === expectedTotal) return { kind: 'ACCEPTED', cart, lines, total }
  return { kind: 'PRICE_CHANGED', expectedTotal: money(expectedTotal, total.currency), currentTotal: total }
}

/** What is not sold, or not any more, counts as none left. */
function availableOf(offer: Offer | undefined): number {
  return offer?.onSale === true ? (offer.available ?? Infinity) : 0
}

function soldAs({ variantId, productId, name, price: unitPrice }: Offer) {
  return { variantId, productId, name, unitPrice }
}

/** A variant's name alone may be too short, such as `Red`; one that begins with its product's is enough. */
export function shownName(product: string, variant: string): string {
  return variant.startsWith(product) ? variant : `${product}, ${variant}`
}
