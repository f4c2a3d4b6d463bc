import { addMoney, timesMoney, type Money } from '../../../platform/money.ts'
import type { Checkout, OrderReason } from './checkout.ts'

/** An order as it was sold: of all this only `checkout`, `version` and `updatedAt` ever change. */
export interface Order {
  readonly id: string
  /** For people: short, unique, not guessable from another's. */
  readonly number: string
  readonly userId: string
  readonly lines: readonly OrderLine[]
  readonly total: Money
  readonly shippingAddress: ShippingAddress
  readonly placedAt: Date
  readonly updatedAt: Date
  /** The version of the cart it was placed from; null for what was bought elsewhere. */
  readonly cart: CartVersion | null
  readonly checkout: Checkout
  /** Grows by one with every change. */
  readonly version: number
}

export interface OrderLine {
  readonly id: string
  readonly cartLineId: string | null
  readonly variantId: string
  readonly productId: string
  /** As sold: later changes of the catalogue do not alter it. */
  readonly name: string
  readonly unitPrice: Money
  readonly quantity: number
}

export interface ShippingAddress {
  readonly recipient: string
  readonly line1: string
  readonly line2?: string | undefined
  readonly city: string
  readonly postcode: string
  readonly country: string
}

export interface CartVersion {
  readonly cartId: string
  readonly version: number
}

export function lineTotal({ unitPrice, quantity }: Pick<OrderLine, 'unitPrice' | 'quantity'>): Money {
  return timesMoney(unitPrice, quantity)
}

/** @throws TypeError without lines: an order has at least one */
export function totalOf(lines: readonly Pick<OrderLine, 'unitPrice' | 'quantity'>[]): Money {
  return lines.map(lineTotal).reduce(addMoney)
}

/** The reason as it is shown: none before the order's end. */
export function reasonOf({ checkout }: Order): OrderReason | null {
  return checkout.status === 'REJECTED' ? checkout.reason : null
}
