import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import { addToCart } from '../support/shopper.ts'
import type { HttpAnswer, Json } from '../support/shopping.ts'
import { openShop, variantsOf, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterAll(() => shop.stop())

interface Cost {
  readonly fetches: readonly string[]
  readonly statements: number
}

async function costOf(work: () => Promise<HttpAnswer>): Promise<Cost> {
  const asked = await shop.watched(async () => {
    const { data, errors } = await work()
    expect(errors).toEqual([])
    expect(data).not.toBeNull()
  })
  return {
    fetches: asked.map(({ subgraph }) => subgraph).toSorted(),
    statements: asked.reduce((sum, { statements }) => sum + statements, 0),
  }
}

/** As many fetches, and about as many statements: a loader may be asked again where what it had found before is too few. */
function expectSame(many: Cost, few: Cost): void {
  expect(many.fetches).toEqual(few.fetches)
  expect(many.statements).toBeLessThanOrEqual(few.statements + 3)
}

describe('a page', () => {
  it.each([
    { operation: 'WebHome', fetches: 5, statements: 10 },
    { operation: 'WebBrowse', fetches: 2, statements: 3 },
    { operation: 'WebProduct', fetches: 3, statements: 8 },
    { operation: 'WebCart', fetches: 3, statements: 8 },
    { operation: 'WebOrder', fetches: 6, statements: 7 },
    { operation: 'WebAccount', fetches: 3, statements: 5 },
    { operation: 'MobileOrders', fetches: 2, statements: 3 },
  ])('$operation takes $fetches fetches and $statements statements at most', async ({ operation, ...most }) => {
    const variables = { id: shop.orderId, slug: 'thing-05', first: 30 }
    const { fetches, statements } = await costOf(() => shop.shopper.run(operation, variables))
    expect(fetches.length).toBeGreaterThan(0)
    expect(fetches.length).toBeLessThanOrEqual(most.fetches)
    expect(statements).toBeLessThanOrEqual(most.statements)
  })

  it('asks a subgraph once for what stands in several places', async () => {
    const listed = '{ product { category { slug } variants { availability { quantity } } } }'
    const query = `query ($slug: String!) { product(slug: $slug) { boughtTogether ${listed} similar ${listed} } }`
    const { fetches } = await costOf(() => shop.shopper.send(query, { slug: 'thing-05' }))
    expect(fetches).toEqual(['inventory', 'products', 'products', 'recommendations'])
  })

  it.each([
    ['what is popular', '{ popularProducts(first: $first) { explanation product { name category { slug } } } }'],
    ['a list', '{ products(first: $first) { edges { node { name variants { availability { quantity } } } } } }'],
    [
      'a list with what goes with each',
      '{ products(first: $first) { edges { node { boughtTogether { product { name } } similar { product { name } } } } } }',
    ],
    [
      'recommendations',
      '{ me { recommendations(first: $first) { product { name priceRange { lowest { amount } } } } } }',
    ],
  ])('costs the same with two entries as with twenty: %s', async (_what, selection) => {
    const query = `query ($first: Int!) ${selection}`
    const few = await costOf(() => shop.shopper.send(query, { first: 2 }))
    expectSame(await costOf(() => shop.shopper.send(query, { first: 20 })), few)
  })

  it('costs the same however much is in the cart', async () => {
    const few = await costOf(() => shop.shopper.run('WebCart'))
    for (const id of variantsOf(shop.products.slice(10, 20))) await addToCart(shop.shopper, id)
    expectSame(await costOf(() => shop.shopper.run('WebCart')), few)
  })
})

describe('entities that are asked for twice', () => {
  it('are read once, and each gets its own in the order of the question', async () => {
    const [first, second] = shop.products
    if (first === undefined || second === undefined) throw new Error('two products are needed')
    const ids = [second.id, first.id, newUuid(), second.id, 'nonsense', first.id]
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Product { id name category { slug } } }
    }`
    const representations = ids.map((id) => ({ __typename: 'Product', id }))
    const { data, errors } = await shop.harness.ask('products', { query, variables: { representations } })
    expect(errors).toEqual([])
    const one = { id: first.id, name: 'Thing 00', category: { slug: 'kitchen' } }
    const two = { id: second.id, name: 'Thing 01', category: { slug: 'kitchen' } }
    expect(data).toEqual({ _entities: [two, one, null, two, null, one] })
  })

  it('are sent once, and answered in every place', async () => {
    const query =
      '{ products(first: 20) { edges { node { boughtTogether(first: 10) { product { name description } } } } } }'
    let answer: HttpAnswer | undefined
    const asked = await shop.watched(async () => {
      answer = await shop.client().send(query)
    })
    const repeated = asked.filter(({ subgraph, request }) => {
      const { representations } = { representations: [], ...request.variables }
      return subgraph === 'products' && representations.length > 0
    })
    expect(repeated).toHaveLength(1)
    const [{ request, statements } = { request: undefined, statements: 0 }] = repeated
    expect(JSON.stringify(request?.variables).match(/"id"/g)?.length).toBe(shop.products.length)
    expect(statements).toBe(1)
    const names: unknown[] = answer?.data.products.edges.flatMap(({ node }: Json) =>
      node.boughtTogether.map(({ product }: Json) => product.name),
    )
    expect(names).toHaveLength(200)
    expect(new Set(names)).toEqual(new Set(shop.products.map(({ name }) => name)))
  })
})
