import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { listingBehaviour } from '../testing/listing.ts'
import { openShop, product, type Shop } from '../testing/shop.ts'

describe('listing, on PostgreSQL', () => listingBehaviour(openShop))

const onSale = [product('Red Mug', { prices: [300, 900] }), product('Blue Mug'), product('Big Clock')]

let shop: Shop

beforeAll(async () => {
  shop = await openShop(onSale)
})

afterAll(() => shop.stop())

describe('a request costs few statements', () => {
  const everything = `{
    id name images { url alt } priceRange { lowest { amount } highest { amount } } category { slug name productCount }
    variants { id sku price { amount currency } options { name value } product { id category { productCount } } }
  }`

  async function statements(query: string, variables: Record<string, unknown> = {}) {
    const spy = vi.spyOn(shop.harness.databaseOf('products').pool, 'query')
    try {
      const { errors } = await shop.ask(query, variables)
      expect(errors).toEqual([])
      return spy.mock.calls.length
    } finally {
      spy.mockRestore()
    }
  }

  test.each([
    ['a page', `{ products { edges { node { name variants { id } category { slug name } } } } }`, 1],
    ['a page that is counted', `{ products { totalCount edges { node { name } } } }`, 2],
    ['a page with everything', `{ products(filter: { text: "mug" }) { totalCount edges { node ${everything} } } }`, 3],
    ['a list that nothing can be in', `{ products(filter: { category: "A B" }) { totalCount } }`, 0],
    ['the categories', `{ categories { slug name productCount } }`, 1],
    ['a product', `{ product(slug: "red-mug") ${everything} }`, 2],
    ['two products', `{ a: product(slug: "red-mug") { id } b: product(slug: "blue-mug") { id } }`, 1],
  ])('%s', async (_what, query, expected) => {
    expect(await statements(query)).toBe(expected)
  })

  test('references to many products and variants', async () => {
    const of = onSale.flatMap(({ id, variants }) => [
      { __typename: 'Product', id },
      ...variants.map((variant) => ({ __typename: 'ProductVariant', id: variant.id })),
      ...variants.map((variant) => ({ __typename: 'ProductVariant', sku: variant.sku })),
    ])
    const query = `query ($of: [_Any!]!) {
      _entities(representations: $of) { ... on Product { name } ... on ProductVariant { id sku product { name } } }
    }`
    expect(await statements(query, { of })).toBe(3)
  })
})
