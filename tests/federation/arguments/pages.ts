import { describe, expect, it } from 'vitest'

import { encodeCursor } from '../../../platform/graphql/page.ts'
import { newUuid } from '../../../platform/ids.ts'
import type { HttpAnswer, Json } from '../../support/shopping.ts'
import type { Shop } from '../shop.ts'
import { coordinatesOf } from './declared.ts'

interface List {
  readonly as: 'shopper' | 'staff'
  /** Around the field itself. */
  readonly path: readonly string[]
  readonly field: string
  /** Beside those that all lists have. */
  readonly more?: string
}

const product = 'product(slug: "thing-05")'
const ids = '["01890a5d-ac96-774b-bcce-b302099a8057"]'

/** By field; each takes `first`. */
const lists: Readonly<Record<string, List>> = {
  'Query.popularProducts': { as: 'shopper', path: [], field: 'popularProducts' },
  'Query.boughtWith': { as: 'shopper', path: [], field: 'boughtWith', more: `productIds: ${ids}` },
  'Product.boughtTogether': { as: 'shopper', path: [product], field: 'boughtTogether' },
  'Product.similar': { as: 'shopper', path: [product], field: 'similar' },
  'User.recommendations': { as: 'shopper', path: ['me'], field: 'recommendations' },
  'Cart.suggestions': { as: 'shopper', path: ['cart'], field: 'suggestions' },
}

/** Those that take `after` as well. */
const connections: Readonly<Record<string, List>> = {
  'Query.products': { as: 'shopper', path: [], field: 'products' },
  'Query.orders': { as: 'staff', path: [], field: 'orders' },
  'Query.deadLetters': { as: 'staff', path: [], field: 'deadLetters' },
  'User.orders': { as: 'shopper', path: ['me'], field: 'orders' },
}

const page = 'edges { cursor } pageInfo { hasNextPage endCursor }'

function ask(shop: Shop, { as, path, field, more = '' }: List, args: Record<string, unknown>): Promise<HttpAnswer> {
  const given = Object.keys(args).map((name) => `${name}: $${name}`)
  const head = Object.keys(args).map((name) => `$${name}: ${name === 'first' ? 'Int' : 'String'}`)
  const selection = field in { orders: 1, products: 1, deadLetters: 1 } ? page : '__typename'
  const inner = `${field}(${[more, ...given].join(' ')}) { ${selection} }`
  const body = path.reduceRight((wrapped, outer) => `${outer} { ${wrapped} }`, inner)
  return shop[as].send(`query (${head.join(', ')}) { ${body} }`, args)
}

async function pageOf(shop: Shop, list: List, args: Record<string, unknown>): Promise<Json> {
  const { data, errors } = await ask(shop, list, args)
  expect(errors).toEqual([])
  return [...list.path, list.field].reduce((inner, name) => inner[name.replace(/\(.*/, '')], data)
}

/** One error, at the field, that names the argument. */
function refusalOf({ path, field }: List, argument: string) {
  return [
    {
      message: expect.stringContaining(`\`${argument}\``),
      path: [...path, field].map((name) => name.replace(/\(.*/, '')),
      extensions: { code: 'INVALID_INPUT', field: argument },
    },
  ]
}

export function pagesAreAlike(shop: () => Shop): void {
  const fieldsWith = (argument: string) =>
    coordinatesOf(({ name, coordinate }) => name === argument && coordinate.endsWith(':)')).map((coordinate) =>
      coordinate.replace(/\(.*/, ''),
    )

  it('are known of every list', () => {
    expect(Object.keys({ ...lists, ...connections }).sort()).toEqual(fieldsWith('first'))
    expect(Object.keys(connections).sort()).toEqual(fieldsWith('after'))
  })

  describe.each(Object.entries({ ...lists, ...connections }))('%s', (_field, list) => {
    it.each([1, 100])('may be %i long', async (first) => {
      expect((await ask(shop(), list, { first })).errors).toEqual([])
    })

    it.each([0, -1, 101, -2_147_483_648, 2_147_483_647])('may not be %i long', async (first) => {
      const { errors } = await ask(shop(), list, { first })
      expect(errors).toEqual(refusalOf(list, 'first'))
    })
  })

  describe.each(Object.entries(connections))('%s', (_field, list) => {
    it('begins at the first one after nothing', async () => {
      const first = await pageOf(shop(), list, { first: 2 })
      expect(first.edges).toHaveLength(2)
      for (const after of ['', null]) expect(await pageOf(shop(), list, { first: 2, after })).toEqual(first)
      const second = await pageOf(shop(), list, { first: 2, after: first.pageInfo.endCursor })
      expect(second.edges).toHaveLength(2)
      expect(second).not.toEqual(first)
    })

    it.each(Object.entries(badCursors))('is not after %s', async (_what, after) => {
      const { errors } = await ask(shop(), list, { after })
      expect(errors).toEqual(refusalOf(list, 'after'))
    })

    it('is not after a place in another list', async () => {
      for (const other of Object.values(connections)) {
        if (other.field === list.field) continue
        const { pageInfo } = await pageOf(shop(), other, { first: 1 })
        const { errors } = await ask(shop(), list, { after: pageInfo.endCursor })
        expect(errors).toEqual(refusalOf(list, 'after'))
      }
    })
  })

  it('of products is not after a place in a list of another order', async () => {
    const sorts = ['NEWEST', 'NAME', 'PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW']
    const query = `query ($sort: ProductSort, $after: String) { products(sort: $sort, first: 1, after: $after) { ${page} } }`
    for (const sort of sorts) {
      const { data } = await shop().shopper.send(query, { sort })
      const after: string = data.products.pageInfo.endCursor
      for (const other of sorts) {
        const { errors } = await shop().shopper.send(query, { sort: other, after })
        expect([other, errors.map(({ extensions }) => extensions.code)]).toEqual([
          other,
          other === sort ? [] : ['INVALID_INPUT'],
        ])
      }
    }
  })

  it.each(forgedPlaces)(
    'of products may be after a place that nobody gave out, and that no product has: %j',
    async (place) => {
      const query = `query ($sort: ProductSort, $after: String) { products(sort: $sort, after: $after) { ${page} } }`
      const after = encodeCursor('products', place)
      const { errors } = await shop().shopper.send(query, { sort: place.by, after })
      expect(errors).toEqual([])
    },
  )
}

const badCursors = {
  'a word': 'nonsense',
  'eight digits, which are base64 of something': '12345678',
  'a space': ' ',
  'a NUL': '\u0000',
  'half a surrogate pair': '\ud800',
  '10 kB': 'a'.repeat(10_000),
  'a text': encodeCursor('products', 'x'),
  null: encodeCursor('orders', null),
  'an object': encodeCursor('orders', {}),
  'a place with an id that is none': encodeCursor('orders', ['2026-01-01T00:00:00.000Z', 'x']),
  'a day that is not': encodeCursor('orders', ['2026-02-30T00:00:00.000Z', newUuid()]),
  'deep nesting': Buffer.from('['.repeat(5_000) + ']'.repeat(5_000)).toString('base64url'),
}

const id = newUuid()
const forgedPlaces = [
  { by: 'PRICE_LOW_TO_HIGH', price: Number.MAX_SAFE_INTEGER, id },
  { by: 'PRICE_HIGH_TO_LOW', price: Number.MIN_SAFE_INTEGER, id },
  { by: 'NAME', name: '', id },
  { by: 'NAME', name: 'x'.repeat(10_000), id },
  { by: 'NAME', name: '\ud800', id },
  { by: 'NEWEST', createdAt: '0001-01-01T00:00:00Z', id },
  { by: 'NEWEST', createdAt: '0000-01-01T00:00:00Z', id },
  { by: 'NEWEST', createdAt: '9999-12-31T23:59:59.999Z', id },
]
