import { productState } from '../../contracts/products.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { eventually, type Json } from '../support/shopping.ts'
import { pounds, productMessage } from '../support/messages.ts'

const shippingAddress = {
  recipient: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'SW1Y 4JH',
  country: 'GB',
}

export interface Variant {
  readonly variantId: string
  readonly price: number
}

export type Shop = Awaited<ReturnType<typeof openShop>>

/** Everything that a checkout touches, real, on the real bus, with no gateway and no port. */
export async function openShop() {
  const harness = await createHarness()
  await harness.add('inventory')
  await harness.add('cart')
  await harness.add('payments', { config: { PAYMENT_DEADLINE_MS: 500 } })
  // What is cancelled is answered when all is given back, however busy the machine.
  await harness.add('orders', { config: { ORDERS_CANCEL_WAIT_MS: 20_000 } })
  return { harness, stop: harness.stop, ...shopping(harness), ...books(harness) }
}

export const newShopper = (): Viewer => ({ kind: 'user', id: newUuid(), roles: ['SHOPPER'] })
const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }

function shopping(harness: Harness) {
  async function ask(
    subgraph: string,
    viewer: Viewer,
    question: { query: string; variables: Record<string, unknown> },
  ): Promise<Json> {
    const { data, errors } = await harness.ask(subgraph, { ...question, viewer })
    if (errors.length > 0) throw new Error(`${subgraph}: ${JSON.stringify(errors)}`)
    return data
  }

  async function order(id: string): Promise<Json> {
    const query = `query ($id: ID!) { order(id: $id) {
      id status reason total { amount } timeline { status message } saga { state steps { kind message attempt } } } }`
    return (await ask('orders', staff, { query, variables: { id } })).order
  }

  /** Puts the variant into the shopper's cart; returns its version. */
  async function fillCart(shopper: Viewer, { variantId }: Variant, quantity: number): Promise<number> {
    const query = `mutation ($input: AddCartItemInput!) { addCartItem(input: $input) { ... on Cart { version } } }`
    return (await ask('cart', shopper, { query, variables: { input: { variantId, quantity } } })).addCartItem.version
  }

  async function place(shopper: Viewer, wish: Record<string, unknown>): Promise<Json> {
    const query = `mutation ($input: PlaceOrderInput!) {
      placeOrder(input: $input) { ... on Order { id status } ... on Refusal { code message } } }`
    const input = { idempotencyKey: newUuid(), shippingAddress, paymentMethodToken: 'tok_approve', ...wish }
    return (await ask('orders', shopper, { query, variables: { input } })).placeOrder
  }

  return {
    order,
    fillCart,
    place,

    /** Puts units of a variant into the shopper's cart and orders them. */
    async buy(shopper: Viewer, variant: Variant, wish: { quantity: number; token?: string }): Promise<Json> {
      const { quantity, token = 'tok_approve' } = wish
      const cartVersion = await fillCart(shopper, variant, quantity)
      return place(shopper, { cartVersion, expectedTotal: variant.price * quantity, paymentMethodToken: token })
    },

    /** The order once it is pending no more. */
    ended: (id: string) =>
      eventually(
        () => order(id),
        ({ status }: Json) => status !== 'PENDING',
        { what: 'the order ends' },
      ),

    async cancel(shopper: Viewer, id: string): Promise<Json> {
      const query = `mutation ($id: ID!) { cancelOrder(id: $id) { ... on Order { id status } ... on Refusal { code } } }`
      return (await ask('orders', shopper, { query, variables: { id } })).cancelOrder
    },

    async cartOf(shopper: Viewer): Promise<Json> {
      const query = '{ cart { version lines { quantity } } }'
      return (await ask('cart', shopper, { query, variables: {} })).cart
    },
  }
}

/** What the neighbours have written down. */
function books(harness: Harness) {
  return {
    async variant({ price = 250, stock = 10 } = {}): Promise<Variant> {
      const variantId = newUuid()
      const variants = [{ variantId, price: pounds(price), initialStock: stock }]
      await harness.publish(productState, productMessage({ variants }))
      await harness.settled()
      return { variantId, price }
    },

    async stockOf({ variantId }: Variant): Promise<Json> {
      const database = harness.databaseOf('inventory')
      return (await database.query('select on_hand, held from stock where variant_id = $1', [variantId])).rows[0]
    },

    /** The payment, and how often the provider has taken the money. */
    async paymentOf(orderId: string): Promise<Json> {
      const { rows } = await harness.databaseOf('payments').query(
        `select status, payment.amount, refunded, captures from payment
         join test_provider.charge on charge.key = payment.order_id::text where order_id = $1`,
        [orderId],
      )
      return rows[0]
    },
  }
}
