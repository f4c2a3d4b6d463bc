import { randomUUID } from 'node:crypto'

import { expect, it } from 'vitest'

import type { Json } from '../../support/shopping.ts'
import { variantsOf, type Shop } from '../shop.ts'
import { coordinatesOf } from './declared.ts'

interface DefaultArgument {
  readonly as: 'shopper' | 'staff'
  readonly kind: 'query' | 'mutation'
  /** Of the variable that stands for it. */
  readonly type: string
  /** A value that is not the default, to show that the argument counts. */
  readonly other: unknown
  /** The operation without its head; `ARG` is where the argument goes. */
  readonly body: string
  /** What to compare of an answer. */
  readonly read: (data: Json) => unknown
}

function list(as: 'shopper' | 'staff', body: string): DefaultArgument {
  return { as, kind: 'query', type: 'Int', other: 2, body, read: (data) => JSON.stringify(data) }
}

const recommended = '{ product { id } }'
const edges = '{ totalCount edges { cursor } }'

const defaultArguments: Readonly<Record<string, DefaultArgument>> = {
  'Query.products(first:)': list('shopper', `{ products(ARG) ${edges} }`),
  'Query.products(sort:)': {
    ...list('shopper', `{ products(filter: { text: "thing" }, ARG) ${edges} }`),
    type: 'ProductSort',
    other: 'PRICE_HIGH_TO_LOW',
  },
  'Query.popularProducts(first:)': list('shopper', `{ popularProducts(ARG) ${recommended} }`),
  'Query.boughtWith(first:)': list('shopper', `{ boughtWith(productIds: $ids, ARG) ${recommended} }`),
  'Query.orders(first:)': list('staff', `{ orders(ARG) ${edges} }`),
  'Query.deadLetters(first:)': list('staff', `{ deadLetters(ARG) ${edges} }`),
  'Product.boughtTogether(first:)': list(
    'shopper',
    `{ product(slug: "thing-05") { boughtTogether(ARG) ${recommended} } }`,
  ),
  'Product.similar(first:)': list('shopper', `{ product(slug: "thing-05") { similar(ARG) ${recommended} } }`),
  'User.orders(first:)': list('shopper', `{ me { orders(ARG) ${edges} } }`),
  'User.recommendations(first:)': list('shopper', `{ me { recommendations(ARG) ${recommended} } }`),
  'Cart.suggestions(first:)': list('shopper', `{ cart { suggestions(ARG) ${recommended} } }`),
  'AddCartItemInput.quantity': {
    as: 'shopper',
    kind: 'mutation',
    type: 'Int',
    other: 2,
    body: '{ clearCart { __typename } addCartItem(input: { variantId: $id, ARG }) { ... on Cart { itemCount } } }',
    read: ({ addCartItem }) => addCartItem.itemCount,
  },
  'CreateVariantInput.initialStock': {
    as: 'staff',
    kind: 'mutation',
    type: 'Int',
    other: 2,
    body: `{ createProduct(input: { name: "Null", description: "Null.", category: "kitchen", variants: [
        { sku: $sku, name: "One size", price: 100, ARG }
      ] }) { ... on Product { variants { availability { quantity } } } } }`,
    read: ({ createProduct }) => createProduct.variants[0].availability.quantity,
  },
}

const variableTypes = { id: 'ID!', ids: '[ID!]!', sku: 'String!' }

/** @param argument as it is written, or nothing; `$given` in it stands for the value */
async function answerTo(shop: Shop, asked: DefaultArgument, given: { argument: string; value?: unknown }) {
  const body = asked.body.replace('ARG', given.argument).replace('()', '')
  const head = Object.entries({ ...variableTypes, given: asked.type })
    .filter(([name]) => new RegExp(`\\$${name}\\b`).test(body))
    .map(([name, type]) => `$${name}: ${type}`)
  const ids = shop.products.slice(5, 12).map(({ id }) => id)
  const variables = { ids, id: variantsOf(shop.products.slice(12))[0], sku: `N${randomUUID().slice(0, 8)}` }
  const operation = `${asked.kind} ${head.length === 0 ? '' : `(${head.join(', ')})`} ${body}`
  const { data, errors } = await shop[asked.as].send(operation, { ...variables, given: given.value })
  expect(errors).toEqual([])
  return asked.read(data)
}

export function nullIsTheDefault(shop: () => Shop): void {
  it('is known of every argument that has one', () => {
    expect(Object.keys(defaultArguments).sort()).toEqual(coordinatesOf(({ hasDefault }) => hasDefault))
  })

  it.each(Object.entries(defaultArguments))('is what null gives: %s', async (coordinate, asked) => {
    const name = /(\w+)(?::\))?$/.exec(coordinate)?.[1] ?? ''
    const leftOut = await answerTo(shop(), asked, { argument: '' })
    const argument = `${name}: $given`
    expect(await answerTo(shop(), asked, { argument: `${name}: null` })).toEqual(leftOut)
    expect(await answerTo(shop(), asked, { argument, value: null })).toEqual(leftOut)
    expect(await answerTo(shop(), asked, { argument })).toEqual(leftOut)
    // And the argument counts.
    expect(await answerTo(shop(), asked, { argument, value: asked.other })).not.toEqual(leftOut)
  })
}
