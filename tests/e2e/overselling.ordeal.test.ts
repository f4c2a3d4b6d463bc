import { afterAll, beforeAll, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { eventually, type Client, type Json } from '../support/shopping.ts'
import { newVariant, placeOrder, settledOrder, signIn, signUp } from '../support/shopper.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'

const shoppers = 10
const ordersEach = 10
const inStock = 60

let souk: TestSouk
let staff: Client

beforeAll(async () => {
  souk = await startTestSouk()
  staff = await signIn(souk.url, demoAccounts[1])
})

afterAll(() => souk.stop())

/** Places orders one after the other; returns how each ended. */
async function buy(client: Client, variantId: string): Promise<string[]> {
  const outcomes: string[] = []
  for (let number = 0; number < ordersEach; number += 1) {
    // What the last order bought is taken out of the cart by its confirmation, a moment after it.
    await eventually(
      () => client.run('WebCart'),
      ({ data }) => (data.cart?.itemCount ?? 0) === 0 || outcomes.at(-1) !== 'CONFIRMED',
      { what: 'what was bought is out of the cart' },
    )
    const isFull = (await client.run('WebCart')).data.cart?.itemCount === 1
    const added = isFull ? {} : await tryToAdd(client, variantId)
    if (added.code !== undefined) {
      outcomes.push(added.code)
      continue
    }
    const { data } = await placeOrder(client)
    if (data.placeOrder.code !== undefined) outcomes.push(data.placeOrder.code)
    else outcomes.push((await settledOrder(client, data.placeOrder.id)).status)
  }
  return outcomes
}

/** Refused when it is sold out; a product that is new is one that cart does not know yet. */
async function tryToAdd(client: Client, variantId: string): Promise<Json> {
  const { data } = await eventually(
    () => client.run('WebAddToCart', { input: { variantId, quantity: 1 } }),
    (answer) => answer.data?.addCartItem?.code !== 'NOT_FOUND',
    { what: 'cart knows the new variant' },
  )
  return data.addCartItem
}

it(
  'sells 60 of 60 to 100 orders from ten shoppers at once, and charges for just those',
  { timeout: 240_000 },
  async () => {
    const variantId = await newVariant(staff, inStock)
    const clients = await Promise.all(Array.from({ length: shoppers }, () => signUp(souk.url)))
    const outcomes = (await Promise.all(clients.map((client) => buy(client, variantId)))).flat()

    expect(outcomes).toHaveLength(shoppers * ordersEach)
    expect(outcomes.filter((outcome) => outcome === 'CONFIRMED')).toHaveLength(inStock)
    expect(outcomes.filter((outcome) => ['REJECTED', 'OUT_OF_STOCK'].includes(outcome))).toHaveLength(40)

    await Promise.all(Object.values(souk.souk.subgraphs).map((subgraph) => subgraph.settled()))
    const { stores, close } = await souk.openStores()
    try {
      const { rows: stock } = await stores.inventory.query('select on_hand, held from stock where variant_id = $1', [
        variantId,
      ])
      expect(stock).toEqual([{ on_hand: 0, held: 0 }])
      const { rows: orders } = await stores.inventory.query<{ order_id: string }>(
        'select order_id from reservation where lines @> jsonb_build_array(jsonb_build_object($1::text, $2::text))',
        ['variantId', variantId],
      )
      const { rows: captured } = await stores.payments.query(
        'select sum(captures)::int as captures from test_provider.charge where key = any($1)',
        [orders.map(({ order_id }) => order_id)],
      )
      expect(captured).toEqual([{ captures: inStock }])
      const broken = (await souk.audit()).filter(({ violations }) => violations.length > 0)
      expect(broken).toEqual([])
    } finally {
      await close()
    }
  },
)
