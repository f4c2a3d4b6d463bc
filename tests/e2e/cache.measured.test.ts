import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { createClient, eventually, type Client } from '../support/shopping.ts'
import { newVariant, signIn } from '../support/shopper.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'

/**
 * Milliseconds after which nobody reads of before, where the bus tells of the change: a few, on a machine that does nothing else.
 * A bus that notifies nobody is looked at every second.
 */
const longestStaleRead = 1_500
const changes = 50

const staffViewer: Viewer = { kind: 'user', id: demoAccounts[1].id, roles: ['STAFF'] }
const page = 'query ($id: ID!) { product(id: $id) { id variants { id price { amount } availability { quantity } } } }'
const list = '{ products(first: 5) { edges { node { id variants { id price { amount } } } } } }'

let souk: TestSouk
let staff: Client
let variantId: string
let productId: string

beforeAll(async () => {
  // The readers here ask as often as they can.
  souk = await startTestSouk({ RATE_PER_ADDRESS: '1000000' })
  staff = await signIn(souk.url, demoAccounts[1])
  variantId = await newVariant(staff, 5, 1_000)
  // The newest is the first of the list.
  const { data } = await staff.send('{ products(sort: NEWEST, first: 1) { edges { node { id } } } }')
  productId = data.products.edges[0].node.id
})

afterAll(() => souk.stop())

interface Look {
  readonly begun: number
  readonly price: number
}

/** Visitors who look at the price all the time, one by the product's page and one by a list. */
function readers() {
  const visitor = createClient(souk.url)
  const looks: Look[] = []
  let stopped = false
  async function read(query: string) {
    while (!stopped) {
      const begun = performance.now()
      const { data } = await visitor.send(query, query === page ? { id: productId } : {})
      const product = data.product ?? data.products.edges[0].node
      looks.push({ begun, price: product.variants[0].price.amount })
    }
  }
  const reading = [read(page), read(list)]
  return {
    looks,
    async stop() {
      stopped = true
      await Promise.all(reading)
    },
  }
}

/** How long after a change was answered somebody began to read and was given what was before it, at the longest. */
async function longestAfter(change: (amount: number) => Promise<void>): Promise<number> {
  const { looks, stop } = readers()
  const changed: Look[] = []
  for (let turn = 1; turn <= changes; turn += 1) {
    await change(2_000 + turn)
    changed.push({ begun: performance.now(), price: 2_000 + turn })
    await eventually(
      () => Promise.resolve(looks.at(-1)?.price),
      (price) => price === 2_000 + turn,
      { what: 'a visitor who reads the new price', every: 5 },
    )
  }
  await stop()
  const stale = looks.flatMap(({ begun, price }) => {
    const newer = changed.find((each) => each.price > price && each.begun <= begun)
    return newer === undefined ? [] : [begun - newer.begun]
  })
  return Math.max(0, ...stale)
}

describe('what a visitor reads', () => {
  it('is as things are for everybody, once the change is answered by the same gateway', async () => {
    const longest = await longestAfter(async (amount) => {
      const { data } = await staff.run('StaffSetPrice', { variantId, amount })
      expect(data.setPrice.price.amount).toBe(amount)
    })
    expect(longest).toBe(0)
  })

  it('is as things are soon after a change that another gateway answered', async () => {
    const { products } = souk.souk.subgraphs
    const longest = await longestAfter(async (amount) => {
      const passport = await souk.souk.passports(staffViewer, 'products')
      const query =
        'mutation ($variantId: ID!, $amount: MinorUnits!) { setPrice(variantId: $variantId, amount: $amount) { __typename } }'
      const answer = await products?.execute({ query, variables: { variantId, amount }, passport })
      expect(answer?.data).toMatchObject({ setPrice: { __typename: 'ProductVariant' } })
    })
    expect(longest).toBeLessThan(longestStaleRead)
  })

  it('shows stock as it is, soon after it changed elsewhere', async () => {
    const visitor = createClient(souk.url)
    const quantity = async () => {
      const { data } = await visitor.send(page, { id: productId })
      return data.product.variants[0].availability.quantity as number
    }
    const { inventory } = souk.souk.subgraphs
    for (let onHand = 10; onHand < 20; onHand += 1) {
      await quantity()
      const passport = await souk.souk.passports(staffViewer, 'inventory')
      const query =
        'mutation ($variantId: ID!, $onHand: Int!) { setStock(variantId: $variantId, onHand: $onHand) { __typename } }'
      await inventory?.execute({ query, variables: { variantId, onHand }, passport })
      const changed = performance.now()
      await eventually(quantity, (found) => found === onHand, { what: 'the new stock', every: 1 })
      expect(performance.now() - changed).toBeLessThan(longestStaleRead)
    }
  })
})
