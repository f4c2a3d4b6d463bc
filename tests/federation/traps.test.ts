import { readFileSync } from 'node:fs'

import { isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { permissions as cart } from '../../subgraphs/cart/graph/permissions.ts'
import { permissions as inventory } from '../../subgraphs/inventory/graph/permissions.ts'
import { permissions as notifications } from '../../subgraphs/notifications/graph/permissions.ts'
import { permissions as operations } from '../../subgraphs/operations/graph/permissions.ts'
import { permissions as orders } from '../../subgraphs/orders/graph/permissions.ts'
import { permissions as payments } from '../../subgraphs/payments/graph/permissions.ts'
import { permissions as products } from '../../subgraphs/products/graph/permissions.ts'
import { permissions as recommendations } from '../../subgraphs/recommendations/graph/permissions.ts'
import { permissions as users } from '../../subgraphs/users/graph/permissions.ts'
import { subgraphSchemas } from '../support/schemas.ts'
import { openShop, type Shop } from './shop.ts'

// Each of these was met while the dependencies were tried out, and must not be walked into again.

const root = new URL('../../', import.meta.url)

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8')
}

const rules: Readonly<Record<string, object>> = {
  cart,
  inventory,
  notifications,
  operations,
  orders,
  payments,
  products,
  recommendations,
  users,
}

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterAll(() => shop.stop())

describe("Apollo's gateway", () => {
  it('would not start on a supergraph with directives of access control, so there are none', () => {
    expect(read('supergraph.graphql')).not.toMatch(/@(authenticated|requiresScopes|policy)\b/)
  })

  it.each([
    ['subscriptions', 'subscription { orderChanged { id } }'],
    ['@defer', '{ products { ... @defer { totalCount } } }'],
    ['@stream', '{ categories @stream { slug } }'],
  ])('has no %s, and says so at the door', async (_what, query) => {
    const { status, data, errors } = await shop.client().send(query)
    expect({ status, data: data ?? null }).toEqual({ status: 400, data: null })
    expect(errors.length).toBeGreaterThan(0)
    for (const error of errors) expect(error.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })
})

describe('permissions', () => {
  it.each([...subgraphSchemas])('decide every type of %s, since `_entities` reaches them all', (name, schema) => {
    const types = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .map((type) => type.name)
      .filter((type) => !type.startsWith('_'))
    const decided = Object.keys(rules[name] ?? {})
    expect(types.filter((type) => !decided.includes(type) && type !== 'Query')).toEqual([])
    expect(decided.filter((type) => !types.includes(type) && type !== 'Query')).toEqual([])
  })

  it('hold for fields that have no resolver of their own', async () => {
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Order { number placedAt } }
    }`
    const variables = { representations: [{ __typename: 'Order', id: shop.orderId }] }
    const { data } = await shop.harness.ask('orders', { query, variables })
    expect(data).toEqual({ _entities: [null] })
  })

  it('refuse by a code that says whether signing in would help', async () => {
    const query = '{ orders { totalCount } }'
    const codeFor = async (client: typeof shop.shopper) => (await client.send(query)).errors[0]?.extensions.code
    expect(await codeFor(shop.client())).toBe('UNAUTHENTICATED')
    expect(await codeFor(shop.shopper)).toBe('FORBIDDEN')
    expect((await shop.staff.send(query)).errors).toEqual([])
  })

  it('let a failure of the database be a failure, and not a refusal', async () => {
    const database = shop.harness.databaseOf('payments')
    await database.query('alter table payment rename to mislaid')
    const answer = await shop.shopper.run('WebOrder', { id: shop.orderId })
    await database.query('alter table mislaid rename to payment')
    expect(answer.data.order).toMatchObject({ status: 'CONFIRMED', payment: null })
    expect(answer.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: ['order', 'payment'],
        extensions: {
          code: 'INTERNAL_SERVER_ERROR',
          retryable: false,
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ])
  })
})

describe('money', () => {
  it('is exact beyond 32 bits, where GraphQL’s own Int would end', async () => {
    const query = 'query ($most: MinorUnits) { products(filter: { maxPrice: $most, minPrice: 0 }) { totalCount } }'
    const { data, errors } = await shop.client().send(query, { most: 9_007_199_254_740_991 })
    expect({ data, errors }).toEqual({ data: { products: { totalCount: 30 } }, errors: [] })
    const beyond = await shop.client().send(query, { most: 9_007_199_254_740_992 })
    expect(beyond.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})
