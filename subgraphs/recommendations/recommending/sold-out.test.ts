import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../../platform/ids.ts'
import {
  startRecommendations,
  type PublishedProduct,
  type RecommendationsUnderTest,
} from '../testing/recommendations-under-test.ts'

const [soldOut, inStock] = [210, 20]

let shop: RecommendationsUnderTest
let hub: PublishedProduct
beforeAll(async () => {
  shop = await startRecommendations()
  const [first, ...all] = await shop.sell(
    { name: 'Hub' },
    ...Array.from({ length: soldOut + inStock }, (_none, at) => ({
      ...{ name: `Thing${at} Alpha${at}`, stock: at < soldOut ? 0 : 9 },
    })),
  )
  if (first === undefined) throw new Error('nothing was sold')
  hub = first
  await shop.bought(
    ...Array.from({ length: 5 }, () => [hub, ...all.slice(0, soldOut)]),
    ...all.slice(soldOut).map((one) => [hub, one]),
  )
  await shop.subgraph.train()
})
afterAll(() => shop.harness.stop())

describe('where all the best are sold out', () => {
  it('what is popular is what can be bought', async () => {
    expect(await shop.root('popularProducts(first: 12)')).toHaveLength(12)
    expect(await shop.root('popularProducts(first: 50)')).toHaveLength(inStock + 1)
  })

  it('what goes with a product or a cart is what can be bought', async () => {
    const lines = [{ variant: { __typename: 'ProductVariant', id: hub.variantId } }]
    const product = { __typename: 'Product', id: hub.id }
    const cart = { __typename: 'Cart', id: newUuid(), lines }
    expect(await shop.root(`boughtWith(productIds: ["${hub.id}"], first: 12)`)).toHaveLength(12)
    expect(await shop.of(product, 'boughtTogether(first: 12)')).toHaveLength(12)
    expect(await shop.of(cart, 'suggestions(first: 12)')).toHaveLength(12)
  })
})
