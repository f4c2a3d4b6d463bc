import { demoAccounts } from '../../demo/accounts.ts'
import { addToCart, newVariant, placeOrder, settledOrder, signIn, signUp } from '../support/shopper.ts'
import { eventually, type Client } from '../support/shopping.ts'

const shoppers = 10
const rounds = 20
/** The first rounds run code that nobody has compiled yet. */
const warmUp = 4

/** Milliseconds between a shopper's looks at the order: as an app would, for each look takes from what it looks at. */
const askedEvery = 250

/** The shopper's cart with one of the variant in it, and nothing else. */
async function fillCart(client: Client, variantId: string): Promise<void> {
  // The last confirmation takes what was bought out of the cart a moment later, which changes the cart.
  await eventually(
    () => client.run('MobileBadge'),
    ({ data }) => (data.cart?.itemCount ?? 0) === 0,
    { what: 'the cart is empty' },
  )
  await addToCart(client, variantId)
}

/** Milliseconds from placing an order to its confirmation, by the order's own history. */
async function buy(client: Client): Promise<number> {
  const placed = await placeOrder(client)
  const order = await settledOrder(client, placed.data.placeOrder.id, askedEvery)
  if (order.status !== 'CONFIRMED') throw new Error(`order ${order.id} is ${order.status}`)
  return new Date(order.timeline.at(-1).at).getTime() - new Date(order.placedAt).getTime()
}

/** Milliseconds from placing an order to its confirmation, ten shoppers at a time. */
export async function measureCheckout(url: string): Promise<number[]> {
  const staff = await signIn(url, demoAccounts[1])
  const variants = await Promise.all(Array.from({ length: shoppers }, () => newVariant(staff, 1_000)))
  const clients = await Promise.all(variants.map(() => signUp(url)))
  const measured: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(clients.map((client, index) => fillCart(client, variants[index] ?? '')))
    const taken = await Promise.all(clients.map(buy))
    if (round >= warmUp) measured.push(...taken)
  }
  return measured
}
