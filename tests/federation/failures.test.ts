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

const unavailable = (...path: (string | number)[]) => ({
  message: 'A part of the shop is not available just now.',
  path,
  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
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
    expect(answer.errors).toEqual(lost.map((path) => unavailable(...path)))
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
      [0, 1, 2].map((line) => unavailable('order', 'lines', line, 'variant', 'availability')),
    )
    expectNothingOfTheInside(answer)
  })

  it('refuses a change rather than pretend it', async () => {
    shop.breakDown('cart', fault)
    const answer = await shop.shopper.run('MobileQuickAdd', { variantId: shop.products[7]?.variants[0]?.id })
    expect(answer.data).toBeNull()
    expect(answer.errors).toEqual([unavailable('addCartItem')])
    shop.mend()
    expect((await shop.shopper.run('MobileBadge')).data.cart.itemCount).toBe(6)
  })
})

/** `docs/decisions/0008-nullability.md`: where a lost field may not be null, what is above it goes too. */
describe('a subgraph that decorates a page', () => {
  it.each([
    { subgraph: 'recommendations', operation: 'WebHome', nearest: null },
    { subgraph: 'recommendations', operation: 'WebProduct', nearest: { product: null } },
    { subgraph: 'recommendations', operation: 'WebCart', nearest: { cart: null } },
    { subgraph: 'notifications', operation: 'WebOrder', nearest: { order: null } },
  ])('takes with it what may be absent: $subgraph in $operation', async ({ subgraph, operation, nearest }) => {
    const variables = { id: shop.orderId, slug: shop.products[0]?.slug }
    shop.breakDown(subgraph, () => Promise.reject(new Error('down')))
    const { data, errors } = await shop.shopper.run(operation, variables)
    expect(data).toEqual(nearest)
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']))
  })

  it('costs the answer to a change, and not the change', async () => {
    const count = async () => Number((await shop.shopper.run('MobileBadge')).data.cart.itemCount)
    const before = await count()
    shop.breakDown('recommendations', () => Promise.reject(new Error('down')))
    const added = await shop.shopper.run('WebAddToCart', { input: { variantId: shop.products[9]?.variants[0]?.id } })
    expect(added).toMatchObject({ data: null, errors: [unavailable('addCartItem', 'suggestions')] })
    expect(await count()).toBe(before + 1)
  })
})

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
