import { randomUUID } from 'node:crypto'

import { demoAccounts } from '../../demo/accounts.ts'
import { systemClock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import { stampMessages } from '../../platform/messaging/outbox.ts'
import { password } from '../support/shopper.ts'
import { address, createClient, eventually, type HttpAnswer, type Json } from '../support/shopping.ts'
import type { TestSouk } from '../support/test-souk.ts'

export interface Answered extends HttpAnswer {
  readonly operation: string
}

/** One who asks, and whose answers are kept: the first that is as wanted, where another part of the shop has to do its own before. */
type Asker = (operation: string, variables?: Json, wanted?: (data: Json) => boolean) => Promise<Json>
/** Who bears a token, or none. */
type As = (token?: string) => Asker

const email = 'ada.lovelace@example.org'

/** Every operation of `clients/`, one after the other, as the same people ask each time. Returns what was answered. */
export async function askEverything(souk: TestSouk): Promise<readonly Answered[]> {
  const answered: Answered[] = []
  const as: As = (token) => {
    const client = createClient(souk.url, token)
    return async (operation, variables, wanted = () => true) => {
      const answer = await eventually(
        () => client.run(operation, variables),
        ({ data }) => wanted(data),
        { what: `${operation} answers as wanted` },
      )
      answered.push({ operation, ...answer })
      return answer.data
    }
  }
  const [demoShopper, demoStaff] = demoAccounts.map((account) => ({ email: account.email, password: account.password }))
  const staff = as((await as()('MobileSignIn', { input: demoStaff })).signIn.accessToken)
  await lookAround(as())
  const customer = as((await as()('MobileSignIn', { input: demoShopper })).signIn.accessToken)
  await lookBack(customer)
  const shopper = await becomeShopper(as)
  const variantId = await sellTeapot(staff)
  await buy({ shopper, staff, variantId })
  await askAssistant(shopper)
  await readDeadLetters(souk, staff)
  return answered
}

async function lookAround(visitor: Asker): Promise<void> {
  const { popularProducts, categories } = await visitor('WebHome')
  for (const sort of ['NAME', 'NEWEST', 'PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW']) {
    const { products } = await visitor('WebBrowse', { sort, first: 20 })
    await visitor('WebBrowse', { sort, first: 20, after: products.pageInfo.endCursor })
  }
  const narrow = { text: 'bag', category: categories[0].slug, maxPrice: 500, inStockOnly: true }
  for (const filter of [{ text: 'retrosopt lunch bag' }, { text: 'bag' }, narrow, { text: 'nothing-like-it' }]) {
    await visitor('WebBrowse', { filter, first: 20 })
  }
  const { products: first } = await visitor('MobileBrowse', { text: 'christmas' })
  await visitor('MobileBrowse', { text: 'christmas', after: first.pageInfo.endCursor })
  for (const { product } of popularProducts) {
    await visitor('WebProduct', { slug: product.slug })
    await visitor('MobileProduct', { id: product.id })
  }
  await visitor('WebProduct', { slug: 'no-such-thing' })
  await visitor('StaffOrders')
}

/** What a customer of long standing has, and what they may no longer do. */
async function lookBack(customer: Asker): Promise<void> {
  await customer('WebHome')
  const { me } = await customer('WebAccount', { first: 100 })
  const { me: page } = await customer('MobileOrders')
  await customer('MobileOrders', { after: page.orders.pageInfo.endCursor })
  for (const { node } of me.orders.edges) await customer('WebOrder', { id: node.id })
  await customer('WebCancelOrder', { id: me.orders.edges[0].node.id })
}

/** A guest who fills a cart and signs up. */
async function becomeShopper(as: As): Promise<Asker> {
  const { startGuestSession: session } = await as()('MobileStart')
  const guest = as(session.accessToken)
  await guest('WebCart')
  const { products } = await guest('WebBrowse', { filter: { inStockOnly: true }, sort: 'NAME', first: 2 })
  const [first, second] = products.edges.map(({ node }: Json) => node.variants[0].id)
  await guest('WebAddToCart', { input: { variantId: first, quantity: 2 } })
  await guest('MobileQuickAdd', { variantId: second })
  await guest('WebAddToCart', { input: { variantId: first, quantity: 99 } })
  await guest('MobileBadge')
  await guest('WebCart')
  const input = { email, password, name: 'Ada' }
  const { signUp } = await as()('WebSignUp', { input: { ...input, guestToken: session.accessToken } })
  await as()('WebSignUp', { input })
  await as()('MobileSignIn', { input: { email, password: 'something else' } })
  const { refreshSession } = await as()('MobileRefresh', { refreshToken: signUp.refreshToken })
  const shopper = as(refreshSession.accessToken)
  const { cart } = await shopper('WebCart', {}, (data) => data.cart?.lines.length === 2)
  for (const { id: lineId } of cart.lines) await shopper('WebUpdateLine', { input: { lineId, quantity: 0 } })
  return shopper
}

/** Something new on sale, of which the test knows all there is to know. */
async function sellTeapot(staff: Asker): Promise<string> {
  const { categories } = await staff('WebHome')
  const { createProduct } = await staff('StaffCreateProduct', {
    input: {
      ...{ name: 'Enamel Teapot', description: 'Pours without a drop.', category: categories[0].slug },
      variants: [{ sku: 'SAME-1', name: 'One size', price: 1_500, initialStock: 4 }],
    },
  })
  const [{ id: variantId }] = createProduct.variants
  await staff('StaffSetPrice', { variantId, amount: 1_750 })
  await staff('StaffSetStock', { variantId, onHand: 9 })
  // Recommendations has heard of it when it knows what is like it.
  await staff('WebProduct', { slug: createProduct.slug }, ({ product }) => product.similar.length > 0)
  return variantId
}

interface Buying {
  readonly shopper: Asker
  readonly staff: Asker
  readonly variantId: string
}

/** One order that is paid and cancelled, one whose card is declined, and one of nothing. */
async function buy({ shopper, staff, variantId }: Buying): Promise<void> {
  for (const paymentMethodToken of ['tok_approve', 'tok_decline']) {
    // Cart has heard of it when its price is the new one.
    const added = ({ addCartItem }: Json) => addCartItem.code === undefined
    await shopper('WebAddToCart', { input: { variantId, quantity: 2 } }, added)
    const { cart } = await shopper('WebCart', {}, (data) => data.cart.subtotal.amount === 3_500)
    const input = {
      ...{ idempotencyKey: randomUUID(), cartVersion: cart.version, expectedTotal: cart.subtotal.amount },
      ...{ shippingAddress: address, paymentMethodToken },
    }
    const { placeOrder } = await shopper('WebPlaceOrder', { input }, (data) => data.placeOrder.id !== undefined)
    const { id } = placeOrder
    await shopper('MobileOrderStatus', { id }, ({ order }) => order.status !== 'PENDING')
    await shopper('WebOrder', { id }, ({ order }) => order.notifications[0]?.status === 'SENT')
    await staff('StaffFlightRecorder', { id })
    if (paymentMethodToken === 'tok_decline') continue
    await shopper('WebCart', {}, (data) => data.cart.lines.length === 0)
    await shopper('WebPlaceOrder', { input: { ...input, idempotencyKey: randomUUID() } })
    await shopper('WebCancelOrder', { id }, (data) => data.cancelOrder.payment.status === 'REFUNDED')
  }
  await shopper('WebAccount', { first: 10 })
  await staff('StaffOrders')
  await staff('StaffOrders', { status: 'DELIVERED' })
}

async function askAssistant(shopper: Asker): Promise<void> {
  await shopper('WebAsk', { input: { message: 'A gift for a gardener?' } })
  await shopper('WebAcceptProposal', { token: 'nothing.that.was-proposed' })
}

/** A message that nobody can read, and that nobody can read the second time either. */
async function readDeadLetters({ souk }: TestSouk, staff: Asker): Promise<void> {
  const refund = { type: 'payments.RefundPayment', stream: 'log', key: newUuid(), version: 1, data: {} } as const
  const stamp = { source: 'test', clock: systemClock, newId: newUuid }
  for (const { stream, message } of stampMessages([refund], stamp)) await souk.bus.publish(stream, [message])
  const isBuried = ({ deadLetters }: Json) => deadLetters.edges.length === 1
  const { deadLetters } = await staff('StaffDeadLetters', {}, isBuried)
  await staff('StaffReplay', { id: deadLetters.edges[0].node.id })
  await staff('StaffReplay', { id: newUuid() })
}
