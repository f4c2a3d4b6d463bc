import { cartState } from '../../../contracts/cart.ts'
import { stockState } from '../../../contracts/inventory.ts'
import { productState } from '../../../contracts/products.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { createHarness, type Answer, type Harness } from '../../../tests/support/harness.ts'
import { cartMessage, pounds, productMessage, stockMessage } from '../../../tests/support/messages.ts'
import type { OrdersConfig } from '../config.ts'
import { neighbours } from './neighbours.ts'

export type User = Extract<Viewer, { kind: 'user' }>

export interface Cart {
  readonly cartId: string
  readonly version: number
  readonly lines: readonly { readonly lineId: string; readonly variantId: string; readonly quantity: number }[]
}

export const newUser = (): User => ({ kind: 'user', id: newUuid(), roles: ['SHOPPER'] })
export const staff: User = { kind: 'user', id: newUuid(), roles: ['STAFF'] }

export const address = {
  recipient: 'Ada Lovelace',
  line1: '12 St James Square',
  line2: 'Second floor',
  city: 'London',
  postcode: 'SW1Y 4JH',
  country: 'GB',
}

/** The subgraph under test; the test itself publishes for its neighbours, over the real bus. */
export async function createShop(config: Partial<OrdersConfig> = {}) {
  const harness = await createHarness({ retryPauses: [20, 40] })
  const orders = await harness.add('orders', { config: { ORDERS_CART_WAIT_MS: 250, ...config } })
  return { harness, orders, stop: harness.stop, ...publishing(harness), ...shopping(harness), ...neighbours(harness) }
}

export type Shop = Awaited<ReturnType<typeof createShop>>

/** What products, inventory and cart publish. */
function publishing(harness: Harness) {
  return {
    async publishVariant(
      given: {
        variantId?: string
        productId?: string
        price?: number
        version?: number
        status?: 'ACTIVE' | 'DISCONTINUED'
      } = {},
    ) {
      const { variantId = newUuid(), productId = newUuid(), price = 250, version = 1, status = 'ACTIVE' } = given
      const variant = { variantId, name: 'Red', price: pounds(price) }
      await harness.publish(productState, productMessage({ productId, version, status, variants: [variant] }))
      return { variantId, productId, price }
    },

    async publishStock(variantId: string, available: number, version = 1) {
      await harness.publish(stockState, stockMessage({ variantId, available }, version))
    },

    async publishCart(user: User, { cartId, version, lines }: Cart) {
      const owner = { kind: 'user' as const, id: user.id }
      await harness.publish(cartState, cartMessage({ cartId, owner, lines: [...lines] }, version))
    },
  }
}

const orderFields = `
  __typename id number status reason customer { id } total { amount currency }
  lines { id variant { id } name unitPrice { amount } quantity total { amount } }
  shippingAddress { recipient line1 line2 city postcode country }
  placedAt updatedAt timeline { status message } saga { state steps { message kind attempt detail traceId } }`

const refusalFields = `... on Refusal { __typename code message } ... on InvalidInput { field }
  ... on OutOfStock { shortages { variant { id } requested available } }
  ... on PriceChanged { expectedTotal { amount currency } currentTotal { amount currency } }`

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test reads of an answer: its shape is what it asserts
export type Json = any

function shopping(harness: Harness) {
  const { publishVariant, publishStock, publishCart } = publishing(harness)

  async function place(viewer: Viewer, input: Record<string, unknown>): Promise<Answer> {
    return harness.ask('orders', {
      query: `mutation ($input: PlaceOrderInput!) {
        placeOrder(input: $input) { ... on Order { ${orderFields} } ${refusalFields} } }`,
      variables: { input },
      viewer,
    })
  }

  async function order(id: string, viewer: Viewer): Promise<Json> {
    const query = `query ($id: ID!) { order(id: $id) { ${orderFields} } }`
    return (await harness.ask('orders', { query, variables: { id }, viewer })).data?.order
  }

  /** A user whose cart orders knows, and what they would send to order it. */
  async function shopper({ quantity = 2, price = 250, available = 100 } = {}) {
    const user = newUser()
    const { variantId, productId } = await publishVariant({ price })
    await publishStock(variantId, available)
    const lineId = newUuid()
    const cart: Cart = { cartId: newUuid(), version: 3, lines: [{ lineId, variantId, quantity }] }
    await publishCart(user, cart)
    await harness.settled()
    return { user, variantId, productId, lineId, cart, input: inputFor(cart, quantity * price) }
  }

  /** What came of `placeOrder`: an order or a refusal. */
  async function placed(viewer: Viewer, input: Record<string, unknown>): Promise<Json> {
    const { data, errors } = await place(viewer, input)
    return data?.placeOrder ?? errors
  }

  return {
    place,
    placed,
    order,
    shopper,

    /** A shopper with an order that has just been placed. */
    async pending() {
      const buyer = await shopper()
      const { id }: { id: string } = await placed(buyer.user, buyer.input)
      await harness.settled()
      return { ...buyer, id }
    },

    async cancel(id: string, viewer: Viewer): Promise<Json> {
      const query = `mutation ($id: ID!) { cancelOrder(id: $id) {
        ... on Order { ${orderFields} } ... on Refusal { __typename code message } } }`
      const { data, errors } = await harness.ask('orders', { query, variables: { id }, viewer })
      return data?.cancelOrder ?? errors
    },
  }
}

export function inputFor({ version }: Cart, expectedTotal: number) {
  return {
    idempotencyKey: newUuid(),
    cartVersion: version,
    expectedTotal,
    shippingAddress: address,
    paymentMethodToken: 'tok_approve',
  }
}
