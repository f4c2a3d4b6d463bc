import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openShop, variantsOf, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterAll(() => shop.stop())

/** Fields of the schema that a plan may ask for behind the client's back, as what a client calls other fields. */
describe('an alias that is the name of another field', () => {
  it('is answered with what the client asked for, where the plan needs that field', async () => {
    const query = `query ($order: ID!) {
      product(slug: "thing-00") {
        __typename: slug
        id: slug
        boughtTogether(first: 1) { product { id: name slug: id } }
        variants { id: sku sku: id availability { inStock: quantity } }
      }
      order(id: $order) { id: number payment { id: status } customer { id: email name: __typename } }
      me { id: email orders(first: 1) { edges: totalCount } recommendations(first: 1) { product { id: slug } } }
      cart { id: version lines { id: quantity variant { id: sku price: name } } subtotal { amount } suggestions(first: 1) { product { id: name } } }
    }`
    const { data, errors } = await shop.shopper.send(query, { order: shop.orderId })
    expect(errors).toEqual([])
    const [thing] = shop.products
    const [small, large] = thing?.variants ?? []
    expect(data).toMatchObject({
      product: {
        __typename: 'thing-00',
        id: 'thing-00',
        boughtTogether: [
          { product: { id: expect.stringMatching(/^Thing/), slug: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
        ],
        variants: [
          { id: small?.sku, sku: small?.id, availability: { inStock: expect.any(Number) } },
          { id: large?.sku, sku: large?.id, availability: { inStock: expect.any(Number) } },
        ],
      },
      order: {
        id: expect.stringMatching(/^[A-Z0-9-]{5,20}$/),
        payment: { id: 'CAPTURED' },
        customer: { id: 'ada@example.org', name: 'User' },
      },
      me: {
        id: 'ada@example.org',
        orders: { edges: 1 },
        recommendations: [{ product: { id: expect.stringMatching(/^thing-/) } }],
      },
      cart: {
        id: expect.any(Number),
        lines: [{ id: 2, variant: { price: expect.any(String) } }, { id: 2 }, { id: 2 }],
        subtotal: { amount: (103 + 104 + 105) * 2 },
        suggestions: [{ product: { id: expect.stringMatching(/^Thing/) } }],
      },
    })
  })

  it('is answered behind a mutation too', async () => {
    const client = shop.client()
    client.token = (await client.run('MobileStart')).data.startGuestSession.accessToken
    const [variantId] = variantsOf(shop.products.slice(7, 8))
    const mutation = `mutation ($variantId: ID!) {
      __typename: addCartItem(input: { variantId: $variantId }) {
        id: __typename
        ... on Cart { version: id subtotal { currency: amount } lines { variant: id quantity: variant { id: sku availability { quantity } } } }
      }
    }`
    const { data, errors } = await client.send(mutation, { variantId })
    expect(errors).toEqual([])
    expect(data).toMatchObject({
      __typename: {
        id: 'Cart',
        version: expect.stringMatching(/^[0-9a-f-]{36}$/),
        subtotal: { currency: 107 },
        lines: [
          { quantity: { id: shop.products[7]?.variants[0]?.sku, availability: { quantity: expect.any(Number) } } },
        ],
      },
    })
  })

  /** apollographql/federation#2392, #397: one alias for fields of several members came back null, or as another field. */
  it('is its own in each member of a union', async () => {
    const client = shop.client()
    client.token = (await client.run('MobileStart')).data.startGuestSession.accessToken
    const mutation = `mutation ($known: ID!, $unknown: ID!) {
      cart: addCartItem(input: { variantId: $known }) { ...Why }
      refused: addCartItem(input: { variantId: $unknown }) { ...Why }
      invalid: addCartItem(input: { variantId: $known, quantity: 0 }) { ...Why }
    }
    fragment Why on CartResult {
      ... on Cart { id message: __typename lines { id: quantity } }
      ... on Refusal { kind: code }
      ... on Refused { message code: message }
      ... on InvalidInput { message: field }
    }`
    const { data, errors } = await client.send(mutation, { known: variantsOf(shop.products)[8], unknown: 'nonsense' })
    expect(errors).toEqual([])
    expect(data).toEqual({
      cart: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), message: 'Cart', lines: [{ id: 1 }] },
      refused: { kind: 'NOT_FOUND', message: expect.stringMatching(/ /), code: expect.stringMatching(/ /) },
      invalid: { kind: 'INVALID_INPUT', message: 'quantity' },
    })
  })

  it.each(['', 'what is wrong'])(
    'keeps %j, where it stands for another field in each member of a union',
    async (value) => {
      const query =
        'mutation { addCartItem(input: { variantId: "v" }) { ... on OutOfStock { x: message } ... on InvalidInput { x: field } } }'
      shop.breakDown('cart', (request) => {
        const own = /(\w+): ?field\b/.exec(request.query)?.[1] ?? ''
        return Promise.resolve({ data: { addCartItem: { __typename: 'InvalidInput', [own]: value } } })
      })
      const { data, errors } = await shop.shopper.send(query)
      shop.mend()
      expect({ data, errors }).toEqual({ data: { addCartItem: { x: value } }, errors: [] })
    },
  )

  it('may be that of a prototype in a mutation too', async () => {
    const { data } = await shop.client().send('mutation { __proto__: signOut(refreshToken: "none") }')
    expect(Object.keys(data)).toEqual(['__proto__'])
  })

  it('is the one that errors name', async () => {
    shop.breakDown('payments', () => Promise.reject(new Error('down')))
    const query = 'query ($order: ID!) { id: order(id: $order) { number: payment { id: status } } }'
    const { data, errors } = await shop.shopper.send(query, { order: shop.orderId })
    shop.mend()
    expect(data).toEqual({ id: { number: null } })
    expect(errors).toMatchObject([{ path: ['id', 'number'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
  })

  it.each([
    [
      'fields of one alias merge',
      '{ id: product(slug: "thing-00") { a: id } id: product(slug: "thing-00") { b: slug } }',
    ],
    [
      'fragments of one alias merge',
      'query { ...P ...Q } fragment P on Query { id: product(slug: "thing-00") { a: id } } fragment Q on Query { id: product(slug: "thing-00") { b: slug } }',
    ],
  ])('%s', async (_what, query) => {
    const { data, errors } = await shop.client().send(query)
    expect({ data, errors }).toEqual({ data: { id: { a: shop.products[0]?.id, b: 'thing-00' } }, errors: [] })
  })

  it('is its own also beside our prefix, beside the bare field, and in introspection', async () => {
    const query = `{
      souk_id: product(slug: "thing-00") { souk_souk_id: slug souk_id: name id }
      __proto__: __typename
      __typename
      type: __type(name: "Cart") { fields: name name: kind }
    }`
    const { data, errors } = await shop.client().send(query)
    expect(errors).toEqual([])
    expect(JSON.parse(JSON.stringify(data))).toEqual(
      JSON.parse(`{
        "souk_id": { "souk_souk_id": "thing-00", "souk_id": "Thing 00", "id": "${shop.products[0]?.id ?? ''}" },
        "__proto__": "Query",
        "__typename": "Query",
        "type": { "fields": "Cart", "name": "OBJECT" }
      }`),
    )
  })

  it('that two fields claim is refused by the name that the client gave it', async () => {
    const { status, errors } = await shop.client().send('{ product(slug: "thing-00") { a: id a: slug } }')
    expect(status).toBe(400)
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
    expect(errors[0]?.message).toContain('"a"')
  })
})
