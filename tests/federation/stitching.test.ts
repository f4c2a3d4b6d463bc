import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { traceIdOf } from '../../platform/telemetry/traceparent.ts'
import type { Json } from '../support/shopping.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterAll(() => shop.stop())

const everything = `query ($orderId: ID!) {
  me {
    name
    recommendations(first: 3) { product { name } }
    orders { edges { node { number lines { variant { product { slug } } } } } }
  }
  cart {
    subtotal { amount }
    lines { quantity total { amount } variant { name price { amount } availability { quantity } product { name } } }
    suggestions(first: 3) { product { name variants { availability { inStock } } } }
  }
  order(id: $orderId) {
    customer { email addresses { city } }
    payment { status amount { amount } }
    notifications { template }
    total { amount }
    lines { name variant { sku product { name boughtTogether(first: 2) { product { name priceRange { lowest { amount } } } } } } }
    saga { state }
  }
  deadLetters { totalCount }
}`

describe('one question', () => {
  it('is answered by all nine subgraphs, as one', async () => {
    const asked = await shop.watched(async () => {
      // Staff see any order and their own account; so the shopper asks for what is the shopper's.
      const { data, errors } = await shop.shopper.send(everything.replace('deadLetters { totalCount }', ''), {
        orderId: shop.orderId,
      })
      expect(errors).toEqual([])
      expectOwnThings(data)
      const { data: letters } = await shop.staff.send('{ deadLetters { totalCount } }')
      expect(letters.deadLetters.totalCount).toBe(0)
    })
    const subgraphs = ['cart', 'inventory', 'notifications', 'operations', 'orders', 'payments', 'products']
    expect([...new Set(asked.map(({ subgraph }) => subgraph))].toSorted()).toEqual([
      ...subgraphs,
      'recommendations',
      'users',
    ])
  })

  function expectOwnThings({ me, cart, order }: Json): void {
    const [first, second, third] = shop.products
    expect(me.name).toBe('Ada')
    expect(me.recommendations).toHaveLength(3)
    expect(me.orders.edges[0].node.lines.map(({ variant }: Json) => variant.product.slug)).toEqual(
      [first, second, third].map((product) => product?.slug),
    )
    expect(cart.lines).toMatchObject(
      shop.products.slice(3, 6).map(({ name, variants: [variant] }) => ({
        quantity: 2,
        total: { amount: 2 * (variant?.price ?? 0) },
        variant: {
          name: variant?.name,
          price: { amount: variant?.price },
          availability: { quantity: 5 },
          product: { name },
        },
      })),
    )
    expect(cart.subtotal.amount).toBe(2 * (103 + 104 + 105))
    expect(cart.suggestions).toHaveLength(3)
    expect(order).toMatchObject({
      customer: { email: 'ada@example.org', addresses: [{ city: 'London' }] },
      payment: { status: 'CAPTURED', amount: { amount: 303 } },
      notifications: [{ template: 'order-confirmed' }],
      total: { amount: 303 },
      saga: null,
    })
    expect(order.lines.map(({ variant }: Json) => variant.product.name)).toEqual(['Thing 00', 'Thing 01', 'Thing 02'])
    for (const { variant } of order.lines) expect(variant.product.boughtTogether).toHaveLength(2)
  }

  it('may rename, leave out and repeat what it asks for', async () => {
    const query = `query ($slug: String!, $stock: Boolean!) {
      one: product(slug: $slug) { ...Card variants { stock: availability @include(if: $stock) { left: quantity } } }
      other: product(slug: "thing-02") { ...Card variants { stock: availability @skip(if: $stock) { left: quantity } } }
    }
    fragment Card on Product { label: name __typename similar(first: 1) { product { ... on Product { label: name } } } }`
    const { data, errors } = await shop.client().send(query, { slug: 'thing-01', stock: true })
    expect(errors).toEqual([])
    expect(data).toMatchObject({
      one: { label: 'Thing 01', __typename: 'Product', variants: [{ stock: { left: 4 } }, { stock: { left: 5 } }] },
      other: { label: 'Thing 02', variants: [{}, {}] },
    })
    expect(data.other.variants[0]).toEqual({})
  })

  it('shows a visitor what is public and nothing of anybody, in one answer', async () => {
    const { data, errors } = await shop
      .client()
      .send('query ($id: ID!) { me { id } cart { id } order(id: $id) { id } product(slug: "thing-00") { name } }', {
        id: shop.orderId,
      })
    expect({ data, errors }).toEqual({
      data: { me: null, cart: null, order: null, product: { name: 'Thing 00' } },
      errors: [],
    })
  })
})

describe('each fetch', () => {
  it('carries a passport for that subgraph alone, the same for a while', async () => {
    const asked = await shop.watched(() => shop.shopper.run('WebHome'))
    const passports = new Map<string, Set<string | undefined>>()
    for (const { subgraph, request } of asked) {
      passports.set(subgraph, (passports.get(subgraph) ?? new Set()).add(request.passport))
      const { aud, sub, kind } = decodeJwt(request.passport ?? '')
      expect({ aud, kind }).toEqual({ aud: subgraph, kind: 'user' })
      expect(sub).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect([...passports.values()].map(({ size }) => size)).toEqual([...passports].map(() => 1))
  })

  it('is part of one trace', async () => {
    const asked = await shop.watched(() => shop.shopper.run('WebOrder', { id: shop.orderId }))
    const traces = new Set(asked.map(({ request }) => traceIdOf(request.traceparent ?? '')))
    expect(asked.length).toBeGreaterThan(3)
    expect(traces.size).toBe(1)
    expect([...traces][0]).toMatch(/^[0-9a-f]{32}$/)
  })
})
