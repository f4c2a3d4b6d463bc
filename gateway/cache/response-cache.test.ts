import { once } from 'node:events'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { gatewayUnderTest, type GatewayUnderTest, type Subgraphs } from '../testing/gateway-under-test.ts'
import { announcedChanges, type AnnouncedChanges } from '../testing/announced-changes.ts'

const product = 'products.ProductState'
const stock = 'inventory.StockState'
/** The answers of the subgraphs count up, so that one which is given again shows. */
let name: number
let answer: Subgraphs
let changes: AnnouncedChanges
let gateway: GatewayUnderTest
/** Requests that have arrived. */
let requests: number

const someProduct = () => ({
  __typename: 'Product',
  ...{ id: 'p1', slug: 's-p1', description: '', status: 'ACTIVE', images: [] },
  name: `name ${name}`,
  category: { slug: 'c', name: 'C', productCount: name },
  variants: [{ __typename: 'ProductVariant', id: 'v-p1', sku: 's', name: 'n', options: [] }],
})

beforeEach(() => {
  name = 0
  requests = 0
  answer = ({ query, variables }, subgraph) => {
    name += 1
    if (subgraph === 'inventory') {
      const representations = variables?.representations as { id: string }[]
      const availability = { inStock: true, quantity: name }
      return { data: { _entities: representations.map((each) => ({ ...each, availability })) } }
    }
    const connection = { totalCount: name, pageInfo: { hasNextPage: false, endCursor: null } }
    return {
      data: {
        product: query.includes('"none"') ? null : someProduct(),
        products: { ...connection, edges: [{ cursor: 'c', node: someProduct() }] },
        categories: [{ slug: 'c', name: 'C', productCount: name }],
        me: null,
        similar: [],
        popularProducts: [],
      },
    }
  }
  changes.lose()
  changes.follow()
  gateway.forget()
})

beforeAll(async () => {
  changes = announcedChanges()
  const identify = () => Promise.resolve({ kind: 'guest', id: 'g1' } as const)
  gateway = await gatewayUnderTest((request, subgraph) => answer(request, subgraph), {}, { changes, identify })
  gateway.server.addHook('onRequest', (_request, _reply, done) => {
    requests += 1
    done()
  })
})

afterAll(() => gateway.close())

/** From now on subgraphs are asked, and answer what was then when they are let. */
function hold(): { begun: Promise<unknown>; open(): void } {
  const works = answer
  const gate = new AbortController()
  const asked = new AbortController()
  const [begun, opened] = [once(asked.signal, 'abort'), once(gate.signal, 'abort')]
  answer = async (request, subgraph) => {
    const read = await works(request, subgraph)
    asked.abort()
    await opened
    return read
  }
  return { begun, open: () => gate.abort() }
}

async function ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<string> {
  return JSON.stringify((await gateway.post({ query, variables }, headers)).json)
}

const page = `query ($slug: String!) { product(slug: $slug) { id name } }`

describe('a read that is the same for everybody', () => {
  it.each([
    ['a product', '{ product(slug: "s-p1") { id name variants { id availability { quantity } } } }'],
    ['a product by other names', '{ p: product(slug: "s-p1") { i: id n: name ...F } } fragment F on Product { slug }'],
    ['a list', '{ products(filter: { category: "c" }) { totalCount edges { node { name category { slug } } } } }'],
    ['what is in the shop', '{ categories { slug productCount } }'],
    [
      'what leaves out the rest',
      'query ($v: Boolean = false) { product(slug: "s-p1") { name } me @include(if: $v) { id } }',
    ],
  ])('is carried out once: %s', async (_what, query) => {
    const first = await ask(query)
    const fetched = gateway.fetched.length
    expect(await ask(query)).toBe(first)
    expect([gateway.fetched.length, JSON.parse(first).errors]).toEqual([fetched, undefined])
  })

  it.each([
    ['of a viewer', '{ me { id } product(slug: "s-p1") { name } }'],
    ['that nothing tells of', '{ product(slug: "s-p1") { name similar { score } } }'],
    ['of what others tell its owner', '{ products(filter: { inStockOnly: true }) { totalCount } }'],
    ['by the text, which an index of each replica finds', '{ products(filter: { text: "a" }) { totalCount } }'],
  ])('is carried out each time where it is not: a read %s', async (_what, query) => {
    await ask(query)
    gateway.forget()
    await ask(query)
    expect(gateway.fetched.length).toBeGreaterThan(0)
  })

  it.each([{ filter: { text: 'a' } }, { filter: { category: 'c', inStockOnly: true } }])(
    'is carried out each time where a variable makes it change unannounced: %j',
    async (variables) => {
      const query = 'query ($filter: ProductFilter) { products(filter: $filter) { totalCount } }'
      await ask(query, variables)
      await ask(query, variables)
      expect(gateway.fetched).toHaveLength(2)
    },
  )

  it('is kept by what the values are, however they are written', async () => {
    const query =
      'query ($filter: ProductFilter, $first: Int = 5) { products(filter: $filter, first: $first) { totalCount } }'
    const first = await ask(query, { filter: { category: 'c', minPrice: 1 } })
    expect(await ask(query, { first: 5, filter: { minPrice: 1, category: 'c' }, unknown: 1 })).toBe(first)
    expect(await ask(query.replaceAll(' ', '  '), { filter: { category: 'c', minPrice: 1 } })).toBe(first)
    expect(await ask(query, { filter: { category: 'c', minPrice: 2 } })).not.toBe(first)
    expect(await ask(query, { filter: { category: 'c', minPrice: 1 }, first: null })).not.toBe(first)
  })

  it('is not given to who is known, nor kept of what they read', async () => {
    const of = { authorization: 'Bearer a-token' }
    const query = '{ product(slug: "s-p1") { name } me { id } }'
    await ask(query, {}, of)
    await ask(query, {}, of)
    await ask(query)
    expect(gateway.fetched.filter(({ subgraph }) => subgraph === 'users')).toHaveLength(3)
  })

  it('with an error is given to whoever waits, and not kept', async () => {
    const works = answer
    answer = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return { errors: [] }
    }
    const [one, other] = await Promise.all([ask(page, { slug: 's-p1' }), ask(page, { slug: 's-p1' })])
    expect(JSON.parse(one).errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE')
    expect([other, gateway.fetched.length]).toEqual([one, 1])
    answer = works
    expect(JSON.parse(await ask(page, { slug: 's-p1' })).errors).toBeUndefined()
  })
})

describe('a read that was begun while changes may have been missed', () => {
  it('is not kept when they are announced again before it ends', async () => {
    changes.lose()
    const { begun, open } = hold()
    const late = ask(page, { slug: 's-p1' })
    await begun
    changes.announce({ message: product, key: 'p1' })
    changes.follow()
    open()
    const stale = await late
    expect(await ask(page, { slug: 's-p1' })).not.toBe(stale)
  })
})

describe('what is kept', () => {
  it.each([
    ['a product, by its own message', page, { message: product, key: 'p1' }, true],
    ["a product, not by another's", page, { message: product, key: 'p2' }, false],
    ['a product, not by its stock', page, { message: stock, key: 'v-p1' }, false],
    [
      'a product whose id is not asked for, by any',
      '{ product(slug: "s-p1") { name } }',
      { message: product, key: 'p2' },
      true,
    ],
    ['that there is none, by any', '{ product(slug: "none") { id } }', { message: product, key: 'p2' }, true],
    ['a list, by any', '{ products { edges { node { id } } } }', { message: product, key: 'p2' }, true],
    [
      'a count, by any',
      '{ product(slug: "s-p1") { id category { productCount } } }',
      { message: product, key: 'p2' },
      true,
    ],
    [
      'stock, by its own message',
      '{ products { edges { node { variants { id availability { inStock } } } } } }',
      { message: stock, key: 'v-p1' },
      true,
    ],
    [
      "stock, not by another's",
      '{ products { edges { node { variants { id availability { inStock } } } } } }',
      { message: stock, key: 'v-p2' },
      false,
    ],
    [
      'stock of who knows which variant, by the fetch that it is made of',
      '{ product(slug: "s-p1") { id variants { availability { inStock } } } }',
      // The answer does not say which; the fetch that it was made of did.
      { message: stock, key: 'v-p2' },
      false,
    ],
  ])('is dropped when it changes: %s', async (...[, query, change, isDropped]) => {
    await ask(query, { slug: 's-p1' })
    gateway.forget()
    changes.announce(change)
    await ask(query, { slug: 's-p1' })
    expect(gateway.fetched.length > 0).toBe(isDropped)
  })

  it('is not an answer that was under way when something changed of it, nor is that given to who asks later', async () => {
    const works = answer
    const { begun, open } = hold()
    const before = ask(page, { slug: 's-p1' })
    await begun
    changes.announce({ message: product, key: 'p1' })
    answer = works
    const after = await ask(page, { slug: 's-p1' })
    open()
    expect(after).not.toBe(await before)
    expect(await ask(page, { slug: 's-p1' })).toBe(after)
  })

  it('is nothing while changes may be missed, and nothing of before', async () => {
    const before = await ask(page, { slug: 's-p1' })
    changes.lose()
    const [one, other] = [await ask(page, { slug: 's-p1' }), await ask(page, { slug: 's-p1' })]
    changes.follow()
    const after = await ask(page, { slug: 's-p1' })
    expect(new Set([before, one, other, after]).size).toBe(4)
    expect(await ask(page, { slug: 's-p1' })).toBe(after)
  })

  it('is fetched on for who still waits, when the first who asked has gone', async () => {
    const { begun, open } = hold()
    await gateway.server.listen({ host: '127.0.0.1', port: 0 })
    const address = gateway.server.server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/graphql`
    const gone = new AbortController()
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: page, variables: { slug: 's-p1' } }),
    }
    const first = fetch(url, { ...request, signal: gone.signal }).catch(() => 'gone')
    await begun
    const second = fetch(url, request)
    await expect.poll(() => requests).toBe(2)
    gone.abort()
    expect(await first).toBe('gone')
    open()
    expect(await (await second).json()).toMatchObject({ data: { product: { id: 'p1' } } })
    expect(gateway.fetched).toHaveLength(1)
  })
})
