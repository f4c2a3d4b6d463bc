import type { CartState } from '../../contracts/cart.ts'
import type { StockState } from '../../contracts/inventory.ts'
import type { OrderCancelled, OrderConfirmed, OrderRejected } from '../../contracts/orders.ts'
import type { ProductState } from '../../contracts/products.ts'
import type { UserSignedUp } from '../../contracts/users.ts'
import { newUuid } from '../../platform/ids.ts'

/** What the harness publishes, besides the contract. */
export interface ToPublish<Data> {
  readonly key: string
  readonly version: number
  readonly data: Data
}

type Given<Data> = Partial<Data> & { readonly version?: number }
type Variant = ProductState['variants'][number]

/** Messages whose every field is right: a test gives those that it is about. */

const someMoment = '2026-01-01T00:00:00.000Z'

export function pounds(amount: number) {
  return { amount, currency: 'GBP' }
}

export function productMessage(
  given: Omit<Given<ProductState>, 'variants'> & { readonly variants?: readonly Partial<Variant>[] } = {},
): ToPublish<ProductState> {
  const { version = 1, variants = [{}], ...more } = given
  const productId = more.productId ?? newUuid()
  const data = {
    productId,
    slug: `mug-${productId}`,
    name: 'Mug',
    description: 'A mug.',
    status: 'ACTIVE' as const,
    category: { slug: 'mugs', name: 'Mugs' },
    createdAt: someMoment,
    ...more,
    variants: variants.map(variantOf),
  }
  return { key: productId, version, data }
}

function variantOf(given: Partial<Variant>): Variant {
  const variantId = given.variantId ?? newUuid()
  return { variantId, sku: variantId, name: 'Mug', price: pounds(250), options: [], initialStock: 0, ...given }
}

export function stockMessage(data: StockState, version = 1): ToPublish<StockState> {
  return { key: data.variantId, version, data }
}

export function cartMessage(data: CartState, version: number): ToPublish<CartState> {
  return { key: data.cartId, version, data }
}

export function userSignedUpMessage(given: Partial<UserSignedUp> = {}): ToPublish<UserSignedUp> {
  const userId = given.userId ?? newUuid()
  return { key: userId, version: 1, data: { userId, email: `${userId}@example.org`, name: 'Ada', ...given } }
}

/** Any message about an order. */
export function orderMessage<Data extends { orderId: string }>(data: Data, version = 1): ToPublish<Data> {
  return { key: data.orderId, version, data }
}

export function orderConfirmedMessage(given: Given<OrderConfirmed> = {}): ToPublish<OrderConfirmed> {
  const cart = { cartId: newUuid(), lines: [] }
  const { version = 5, ...more } = given
  return orderMessage({ ...orderOf(more), confirmedAt: someMoment, cart, ...more }, version)
}

export function orderRejectedMessage(given: Given<OrderRejected> = {}): ToPublish<OrderRejected> {
  const { version = 5, ...more } = given
  return orderMessage({ ...orderOf(more), reason: 'PAYMENT_DECLINED', ...more }, version)
}

export function orderCancelledMessage(given: Given<OrderCancelled> = {}): ToPublish<OrderCancelled> {
  const { version = 7, ...more } = given
  return orderMessage({ ...orderOf(more), ...more }, version)
}

/** An order of two mugs. */
function orderOf({ orderId = newUuid(), userId = newUuid() }: Partial<OrderCancelled>): OrderCancelled {
  const ids = { lineId: newUuid(), variantId: newUuid(), productId: newUuid() }
  const line = { ...ids, name: 'Mug', unitPrice: pounds(250), quantity: 2, total: pounds(500) }
  return { orderId, userId, number: `S-${orderId.slice(-6)}`, total: line.total, lines: [line] }
}
