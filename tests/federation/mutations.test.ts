import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Client, Json } from '../support/shopping.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
let guest: Client

beforeAll(async () => {
  shop = await openShop()
})

beforeEach(async () => {
  guest = shop.client()
  guest.token = (await guest.run('MobileStart')).data.startGuestSession.accessToken
})

afterAll(() => shop.stop())

const variant = (at: number): string => shop.products[at]?.variants[0]?.id ?? ''

/** What a cart answers, a part of which other subgraphs add. */
const cart =
  '... on Cart { itemCount subtotal { amount } lines { quantity total { amount } } suggestions(first: 1) { score } }'
const seen = ({ itemCount, subtotal, lines }: Json) => ({
  itemCount,
  subtotal: subtotal.amount,
  lines: lines.map(({ quantity, total }: Json) => [quantity, total.amount]),
})

describe('mutations of one operation', () => {
  it('are answered each as the cart was when it was done', async () => {
    const { data, errors } = await guest.send(
      `mutation ($a: ID!, $b: ID!) {
        two: addCartItem(input: { variantId: $a, quantity: 2 }) { ${cart} }
        five: addCartItem(input: { variantId: $a, quantity: 3 }) { ${cart} }
        six: addCartItem(input: { variantId: $b }) { ${cart} }
        clearCart { ${cart} }
      }`,
      { a: variant(10), b: variant(11) },
    )
    expect(errors).toEqual([])
    expect(Object.keys(data)).toEqual(['two', 'five', 'six', 'clearCart'])
    expect(Object.values(data).map(seen)).toEqual([
      { itemCount: 2, subtotal: 220, lines: [[2, 220]] },
      { itemCount: 5, subtotal: 550, lines: [[5, 550]] },
      {
        itemCount: 6,
        subtotal: 661,
        lines: [
          [5, 550],
          [1, 111],
        ],
      },
      { itemCount: 0, subtotal: 0, lines: [] },
    ])
  })

  it('remove lines one after the other, with the totals of each moment', async () => {
    const added = await guest.send(
      `mutation ($a: ID!, $b: ID!) {
        a: addCartItem(input: { variantId: $a }) { __typename }
        b: addCartItem(input: { variantId: $b }) { ... on Cart { lines { id } } }
      }`,
      { a: variant(10), b: variant(11) },
    )
    const [first, second] = added.data.b.lines
    const { data, errors } = await guest.send(
      `mutation ($a: ID!, $b: ID!) {
        one: updateCartLine(input: { lineId: $a, quantity: 0 }) { ${cart} }
        none: updateCartLine(input: { lineId: $b, quantity: 0 }) { ${cart} }
      }`,
      { a: first.id, b: second.id },
    )
    expect(errors).toEqual([])
    expect([seen(data.one), seen(data.none)]).toEqual([
      { itemCount: 1, subtotal: 111, lines: [[1, 111]] },
      { itemCount: 0, subtotal: 0, lines: [] },
    ])
  })

  it('answer stock and price as they were set by each', async () => {
    const { data, errors } = await shop.staff.send(
      `mutation ($id: ID!) {
        thirty: setStock(variantId: $id, onHand: 30) { ...Seen }
        cheap: setPrice(variantId: $id, amount: 50) { ...Seen }
        forty: setStock(variantId: $id, onHand: 40) { ...Seen }
        dear: setPrice(variantId: $id, amount: 60) { ...Seen }
      }
      fragment Seen on VariantResult { ... on ProductVariant { price { amount } availability { quantity } product { variants { price { amount } } } } }`,
      { id: variant(20) },
    )
    expect(errors).toEqual([])
    const states = Object.values(data).map(({ price, availability, product }: Json) => [
      availability.quantity,
      price.amount,
      product.variants[0].price.amount,
    ])
    expect(states).toEqual([
      [30, 120, 120],
      [30, 50, 50],
      [40, 50, 50],
      [40, 60, 60],
    ])
  })

  it('answer that nothing of a product is in stock once it is discontinued', async () => {
    const { data, errors } = await shop.staff.send(
      `mutation ($id: ID!) {
        discontinueProduct(id: $id) {
          ... on Product { status variants { availability { inStock quantity } } }
        }
      }`,
      { id: shop.products[25]?.id },
    )
    expect(errors).toEqual([])
    const nothing = { availability: { inStock: false, quantity: 0 } }
    expect(data.discontinueProduct).toEqual({ status: 'DISCONTINUED', variants: [nothing, nothing] })
  })

  it('are done in the order of the fields that are asked for, out of fragments and conditions', async () => {
    const { data, errors } = await guest.send(
      `mutation Add($a: ID!, $no: Boolean!, $yes: Boolean! = true) {
        clear: clearCart @include(if: $no) { __typename }
        ...Two
        ... on Mutation @skip(if: $no) { clear: clearCart @include(if: $yes) { ...Count } }
        __typename
        skipped: clearCart @skip(if: $yes) { __typename }
        ... @include(if: $yes) { last: addCartItem(input: { variantId: $a, quantity: 4 }) { ...Count } }
        last: addCartItem(input: { variantId: $a, quantity: 4 }) { ... on Cart { version } }
      }
      fragment Two on Mutation { two: addCartItem(input: { variantId: $a, quantity: 2 }) { ...Count } }
      fragment Count on CartResult { ... on Cart { itemCount } ... on Refusal { code } }`,
      { a: variant(12), no: false },
    )
    expect(errors).toEqual([])
    expect(Object.keys(data)).toEqual(['two', 'clear', '__typename', 'last'])
    expect(data).toEqual({
      two: { itemCount: 2 },
      clear: { itemCount: 0 },
      __typename: 'Mutation',
      last: { itemCount: 4, version: expect.any(Number) },
    })
  })

  it('stop where the answer as a whole is lost, and name where', async () => {
    let done = 0
    shop.breakDown('cart', (request) => {
      done += 1
      return done === 2 ? Promise.reject(new Error('down')) : shop.members.cart.execute(request)
    })
    const { data, errors } = await guest.send(
      `mutation ($a: ID!) {
        one: addCartItem(input: { variantId: $a }) { ... on Cart { itemCount } }
        two: addCartItem(input: { variantId: $a }) { ... on Cart { itemCount } }
        three: addCartItem(input: { variantId: $a }) { ... on Cart { itemCount } }
      }`,
      { a: variant(13) },
    )
    shop.mend()
    expect(data).toBeNull()
    expect(errors).toMatchObject([{ path: ['two'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
    expect((await guest.run('MobileBadge')).data.cart.itemCount).toBe(1)
  })
})
