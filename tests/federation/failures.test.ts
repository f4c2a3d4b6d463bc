import { GraphQLError } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { HttpAnswer, Json } from '../support/shopping.ts'
import { fetchDeadline, type Fault } from './graph.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterEach(() => shop.mend())
afterAll(() => shop.stop())

const ways: Readonly<Record<string, Fault>> = {
  fails: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:4006 (souk_payments, select * from secret)')),
  'throws at once': () => {
    throw new TypeError("cannot read properties of undefined (reading 'secret')")
  },
  'never answers': () => new Promise(() => undefined),
  'does not know the gateway': () => {
    const secret = new GraphQLError('The secret passport is not valid.', { extensions: { code: 'UNAUTHENTICATED' } })
    return Promise.resolve({ errors: [secret] })
  },
  'answers something else': ({ variables }) =>
    Promise.resolve(variables?.representations === undefined ? { errors: [] } : { data: { _entities: [] } }),
}

type Path = readonly (string | number)[]

const unavailable = (path: Path, { retryable = true } = {}) => ({
  message: 'A part of the shop is not available just now.',
  path,
  extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
})

function expectNothingOfTheInside(answer: HttpAnswer): void {
  expect(JSON.stringify(answer)).not.toMatch(
    /secret|10\.1\.2\.3|localhost|souk_|subgraph\W|serviceName|TypeError| at /i,
  )
}

interface Case {
  readonly subgraph: string
  readonly operation: string
  readonly lost: (string | number)[][]
  readonly served: (data: Json) => unknown
  readonly as: unknown
}

const cases: readonly Case[] = [
  {
    subgraph: 'users',
    operation: 'WebHome',
    lost: [['me']],
    served: ({ me, popularProducts, cart }) => [me, popularProducts.length, cart.itemCount],
    as: [null, 8, 6],
  },
  {
    subgraph: 'cart',
    operation: 'WebHome',
    lost: [['cart']],
    served: ({ me, popularProducts, cart }) => [me.name, popularProducts.length, cart],
    as: ['Ada', 8, null],
  },
  {
    subgraph: 'payments',
    operation: 'WebOrder',
    lost: [['order', 'payment']],
    served: ({ order }) => [order.status, order.lines.length, order.payment],
    as: ['CONFIRMED', 3, null],
  },
  {
    subgraph: 'users',
    operation: 'WebOrder',
    lost: [
      ['order', 'customer', 'name'],
      ['order', 'customer', 'email'],
    ],
    served: ({ order }) => [order.status, order.lines.length, order.customer],
    as: ['CONFIRMED', 3, null],
  },
]

describe.each(Object.entries(ways))('a subgraph that %s', (_way, fault) => {
  it.each(cases)('costs its own fields: $subgraph in $operation', async ({ subgraph, operation, lost, served, as }) => {
    shop.breakDown(subgraph, fault)
    const answer = await shop.shopper.run(operation, { id: shop.orderId })
    expect(answer.status).toBe(200)
    expect(served(answer.data)).toEqual(as)
    expect(answer.errors).toEqual(lost.map((path) => unavailable(path)))
    expectNothingOfTheInside(answer)
  })

  it.each([
    ['orders', '{ me { name orders(first: 1) { totalCount } } }', { data: { me: null }, path: ['me', 'orders'] }],
    ['products', '{ cart { itemCount } products(first: 1) { totalCount } }', { data: null, path: ['products'] }],
  ])('costs what is around a field that must not be null: %s in %s', async (subgraph, query, { data, path }) => {
    shop.breakDown(subgraph, fault)
    const answer = await shop.shopper.send(query)
    expect([answer.data, answer.errors]).toEqual([data, [unavailable(path)]])
    expectNothingOfTheInside(answer)
  })

  it('costs the nearest thing that may be absent, and the error names what is missing', async () => {
    shop.breakDown('inventory', fault)
    const query = `query ($id: ID!) {
      order(id: $id) { id lines { variant { availability { quantity } } } }
      categories { slug }
    }`
    const answer = await shop.shopper.send(query, { id: shop.orderId })
    expect(answer.data.order).toBeNull()
    expect(answer.data.categories).toHaveLength(3)
    expect(answer.errors).toEqual(
      [0, 1, 2].map((line) => unavailable(['order', 'lines', line, 'variant', 'availability'])),
    )
    expectNothingOfTheInside(answer)
  })

  it('refuses a change rather than pretend it', async () => {
    shop.breakDown('cart', fault)
    const answer = await shop.shopper.run('MobileQuickAdd', { variantId: shop.products[7]?.variants[0]?.id })
    expect(answer.data).toBeNull()
    expect(answer.errors).toEqual([unavailable(['addCartItem'], { retryable: false })])
    shop.mend()
    expect((await shop.shopper.run('MobileBadge')).data.cart.itemCount).toBe(6)
  })
})

/** `docs/decisions/0008-nullability.md`: where a lost field may not be null, what is above it goes too. */
describe('a field with no neutral value', () => {
  it('takes with it what may be absent', async () => {
    shop.breakDown('notifications', () => Promise.reject(new Error('down')))
    const { data, errors } = await shop.shopper.run('WebOrder', { id: shop.orderId })
    expect(data).toEqual({ order: null })
    expect(errors).toEqual([unavailable(['order', 'notifications'])])
  })
})

/** The same decision: a list that only decorates is empty then, and the error says why. */
describe.each(Object.entries(ways))('recommendations that %s', (_way, fault) => {
  it.each([
    { operation: 'WebHome', lists: [['popularProducts'], ['me', 'recommendations']], served: ['me', 'cart'] },
    {
      operation: 'WebProduct',
      lists: [
        ['product', 'boughtTogether'],
        ['product', 'similar'],
      ],
      served: ['product'],
    },
    { operation: 'WebCart', lists: [['cart', 'suggestions']], served: ['cart'] },
  ])('cost $operation their lists, and nothing else', async ({ operation, lists, served }) => {
    const variables = { slug: shop.products[0]?.slug }
    const whole = await shop.shopper.run(operation, variables)
    expect(whole.errors).toEqual([])
    shop.breakDown('recommendations', fault)
    const answer = await shop.shopper.run(operation, variables)
    expect(answer.errors).toEqual(lists.map((path) => unavailable(path)))
    for (const name of served) expect(answer.data[name]).not.toBeNull()
    expect(answer.data).toEqual(lists.reduce((data: Json, path) => withEmptyList(data, path), whole.data))
    expectNothingOfTheInside(answer)
  })

  it('cost neither a change nor what else its answer shows', async () => {
    const { data } = await shop.shopper.run('MobileBadge')
    shop.breakDown('recommendations', fault)
    const added = await shop.shopper.run('WebAddToCart', { input: { variantId: shop.products[9]?.variants[0]?.id } })
    expect(added.errors).toEqual([unavailable(['addCartItem', 'suggestions'], { retryable: false })])
    expect(added.data.addCartItem).toMatchObject({ itemCount: Number(data.cart.itemCount) + 1, suggestions: [] })
  })
})

describe('recommendations whose database is lost', () => {
  it('cost a page their lists, and nothing else', async () => {
    const database = shop.harness.databaseOf('recommendations')
    const query = `query ($slug: String) {
      product(slug: $slug) { name boughtTogether { score } alike: similar(first: 2) { score } }
      popularProducts { score }
    }`
    const variables = { slug: shop.products[0]?.slug }
    const { rows: tables } = await database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = current_schema() and tablename !~ 'schemaversion'`,
    )
    for (const { name } of tables) await database.query(`alter table "${name}" rename to "lost_${name}"`)
    const answer = await shop.shopper.send(query, variables)
    for (const { name } of tables) await database.query(`alter table "lost_${name}" rename to "${name}"`)
    expect(answer.data).toEqual({ product: { name: 'Thing 00', boughtTogether: [], alike: [] }, popularProducts: [] })
    expect(answer.errors.map(({ path }) => String(path)).toSorted()).toEqual([
      'popularProducts',
      'product,alike',
      'product,boughtTogether',
    ])
    expectNothingOfTheInside(answer)
  })

  it('say no to what breaks a rule, as ever', async () => {
    const { data, errors } = await shop.client().send('{ popularProducts(first: 1000) { score } }')
    expect(data).toBeNull()
    expect(errors.map(({ extensions }) => extensions.code)).not.toContain('SUBGRAPH_UNAVAILABLE')
  })
})

function withEmptyList(data: Json, [key = '', ...inner]: Path): Json {
  return { ...data, [key]: inner.length === 0 ? [] : withEmptyList(data[key], inner) }
}

/** `docs/decisions/0014-cart-keeps-what-it-shows.md` */
describe.each(Object.entries(ways))('products that %s', (_way, fault) => {
  it('cost the cart nothing that is shown of it', async () => {
    const whole = await shop.shopper.run('WebCart')
    expect(whole.errors).toEqual([])
    shop.breakDown('products', fault)
    const answer = await shop.shopper.run('WebCart')
    expect(answer.errors).toEqual([])
    expect(answer.data).toEqual(whole.data)
    const lines: Json[] = answer.data.cart.lines
    expect(lines.slice(0, 3).map(({ variant }) => variant.product.name)).toEqual(['Thing 03', 'Thing 04', 'Thing 05'])
    expect(answer.data.cart.suggestions).toHaveLength(5)
    const badge = await shop.shopper.run('MobileBadge')
    expect(badge).toMatchObject({ errors: [], data: { cart: { itemCount: whole.data.cart.itemCount } } })
  })

  it('do not stop anybody from changing a cart', async () => {
    const variantId = shop.products[12]?.variants[0]?.id
    const before = Number((await shop.shopper.run('WebCart')).data.cart.subtotal.amount)
    shop.breakDown('products', fault)
    const added = await shop.shopper.run('WebAddToCart', { input: { variantId } })
    expect(added.errors).toEqual([])
    const { lines, subtotal } = added.data.addCartItem
    expect(subtotal.amount).toBe(before + 112)
    const { id } = lines.at(-1)
    const removed = await shop.shopper.run('WebUpdateLine', { input: { lineId: id, quantity: 0 } })
    expect(removed.errors).toEqual([])
    expect(removed.data.updateCartLine.subtotal.amount).toBe(before)
    const tooMany = await shop.shopper.run('WebAddToCart', { input: { variantId, quantity: 99 } })
    expect(tooMany).toMatchObject({
      errors: [],
      data: { addCartItem: { code: 'OUT_OF_STOCK', shortages: [{ variant: { name: 'Thing 12, 1' } }] } },
    })
  })
})

describe('subgraphs that hang', () => {
  it('are waited for at the same time, and no longer than the deadline', async () => {
    for (const name of ['users', 'cart']) shop.breakDown(name, () => new Promise(() => undefined))
    const from = performance.now()
    const answer = await shop.shopper.run('WebHome')
    expect(performance.now() - from).toBeLessThan(fetchDeadline * 2)
    // Whose deadline passes first is open.
    expect(answer.errors.map(({ path }) => path).toSorted()).toEqual([['cart'], ['me']])
  })
})

describe('a subgraph that works', () => {
  it('is not asked for what nobody wants of it', async () => {
    shop.breakDown('inventory', () => Promise.reject(new Error('asked in vain')))
    expect((await shop.shopper.run('WebHome')).errors).toEqual([])
  })

  it('answers again when it is mended', async () => {
    shop.breakDown('payments', () => Promise.reject(new Error('down')))
    await shop.shopper.run('WebOrder', { id: shop.orderId })
    shop.mend()
    const { data, errors } = await shop.shopper.run('WebOrder', { id: shop.orderId })
    expect([data.order.payment.status, errors]).toEqual(['CAPTURED', []])
  })

  it('and does not know what must be there leaves a hole that is explained', async () => {
    const { products } = shop.members
    shop.breakDown('products', async (request) => {
      const answer = await products.execute(request)
      if (request.variables?.representations === undefined) return answer
      return withoutTheFirst(answer.data)
    })
    const answer = await shop.client().send('{ popularProducts(first: 3) { product { description } } }')
    expect(answer.status).toBe(200)
    expect(answer.data).toBeNull()
    expect(answer.errors).toMatchObject([
      { path: ['popularProducts', 0, 'product', 'description'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ])
    expectNothingOfTheInside(answer)
  })
})

/** An entity that is not there any more is null among the others. */
function withoutTheFirst(data: Json): { data: Json } {
  return { data: { _entities: [null, ...data._entities.slice(1)] } }
}
