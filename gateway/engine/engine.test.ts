import { GraphQLError } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { gatewayUnderTest, type GatewayUnderTest, type Subgraphs } from '../testing/gateway-under-test.ts'

const product = { __typename: 'Product', id: 'p1', slug: 'p', name: 'P' }

let answer: Subgraphs
let gateway: GatewayUnderTest
let production: GatewayUnderTest

beforeAll(async () => {
  gateway = await gatewayUnderTest((request, subgraph) => answer(request, subgraph))
  production = await gatewayUnderTest((request, subgraph) => answer(request, subgraph), { production: true })
})

beforeEach(() => {
  answer = () => ({ data: { product, me: null, categories: [] } })
  gateway.forget()
  production.forget()
})

afterAll(() => Promise.all([gateway.close(), production.close()]))

describe('a mistake of the client', () => {
  it.each([
    ['null where a condition reads it', 'query ($v: Boolean = true) { me @include(if: $v) { id } }', { v: null }],
    [
      'null where a condition within a fragment reads it',
      'query ($v: Boolean = true) { me { ...F } } fragment F on User { id @skip(if: $v) }',
      { v: null },
    ],
    [
      'null where a condition of a mutation reads it',
      'mutation ($v: Boolean = true) { clearCart @include(if: $v) { __typename } }',
      { v: null },
    ],
    ['no value for a condition', 'query ($v: Boolean!) { me @include(if: $v) { id } }', {}],
    ['a text for a condition', 'query ($v: Boolean!) { me @include(if: $v) { id } }', { v: 'true' }],
    ['a number for an id', 'query ($v: ID!) { order(id: $v) { id } }', { v: 1.5 }],
    [
      'an amount that is none',
      'query ($v: MinorUnits) { products(filter: { maxPrice: $v }) { totalCount } }',
      { v: 2 ** 53 },
    ],
  ])('is a 400 that says what: %s', async (_what, query, variables) => {
    const { status, json } = await gateway.post({ query, variables })
    expect([status, gateway.fetched, gateway.log()]).toEqual([400, [], ''])
    expect(json).toEqual({
      errors: [{ message: expect.stringContaining('$v'), extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })

  it('repeats no more of the request than a person reads', async () => {
    const query = `{ ${'a'.repeat(60_000)} }`
    const { json } = await gateway.post({ query })
    expect(json.errors[0].message.length).toBeLessThan(600)
  })

  it('shows names of the schema in hints, but not in production', async () => {
    const misspelt = [
      { query: '{ me { emial } }' },
      { query: '{ products(sort: NAMES) { totalCount } }' },
      { query: 'query ($f: ProductFilter) { products(filter: $f) { totalCount } }', variables: { f: { textt: 'a' } } },
      { query: 'query ($s: ProductSort) { products(sort: $s) { totalCount } }', variables: { s: 'NAMES' } },
    ]
    for (const request of misspelt) {
      expect(JSON.stringify((await gateway.post(request)).json)).toContain('Did you mean')
      expect(JSON.stringify((await production.post(request)).json)).not.toContain('Did you mean')
    }
  })
})

describe('an inner error', () => {
  it('is masked, and logged whole under the trace id that the answer has', async () => {
    answer = () => ({
      data: { souk_1_p_product: null },
      errors: [new GraphQLError("Cannot use 'in' operator to search for 'amount'", { path: ['souk_1_p_product'] })],
    })
    const { status, json, headers } = await gateway.post({ query: '{ p: product(slug: "a") { name } }' })
    expect(status).toBe(200)
    expect(json).toEqual({
      data: { p: null },
      errors: [
        {
          message: 'Something went wrong on our side.',
          path: ['p'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false, traceId: headers['x-trace-id'] },
        },
      ],
    })
    expect(gateway.log()).toContain("Cannot use 'in' operator")
  })

  it('of the executor is masked, and logged whole', async () => {
    answer = () => ({ data: { product: { ...product, variants: 'nonsense' } } })
    const { json, headers } = await gateway.post({ query: '{ product(slug: "a") { variants { sku } } }' })
    expect(JSON.stringify(json)).not.toContain('nonsense')
    for (const error of json.errors)
      expect(error.extensions.code).toMatch(/^(INTERNAL_SERVER_ERROR|SUBGRAPH_UNAVAILABLE)$/)
    expect(gateway.log()).not.toBe('')
    expect(headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/)
  })

  it.each([
    ['{ product(slug: "a") { name } }', {}],
    [
      '{ product(slug: "a") { name } }',
      { 'apollo-query-plan-experimental': 'true', 'apollo-query-plan-experimental-format': 'internal' },
    ],
  ])('or a plan is never shown: %s with %j', async (query, headers) => {
    for (const door of [gateway, production]) {
      const { json } = await door.post({ query }, headers)
      expect(Object.keys(json)).toEqual(['data'])
    }
  })
})

describe('an operation among several', () => {
  const query =
    'query A { me { id } } query B { product(slug: "a") { name } } mutation C { signOut(refreshToken: "t") }'

  it('is the one that is named', async () => {
    answer = () => ({ data: { signOut: true, product, me: null } })
    expect((await gateway.post({ query, operationName: 'B' })).json).toEqual({ data: { product: { name: 'P' } } })
    expect((await gateway.post({ query, operationName: 'A' })).json).toEqual({ data: { me: null } })
    expect((await gateway.post({ query, operationName: 'C' })).json).toEqual({ data: { signOut: true } })
  })

  it.each([undefined, null, '', 'D'])('is refused when its name is %j', async (operationName) => {
    const { status, json } = await gateway.post({ query, operationName })
    expect([status, json.errors[0].extensions.code]).toEqual([400, 'OPERATION_RESOLUTION_FAILURE'])
  })

  it('is not a mutation by GET', async () => {
    const search = (name: string) => `/graphql?query=${encodeURIComponent(query)}&operationName=${name}`
    const headers = { 'apollo-require-preflight': '1' }
    expect((await gateway.server.inject({ url: search('A'), headers })).statusCode).toBe(200)
    const changing = await gateway.server.inject({ url: search('C'), headers })
    expect([changing.statusCode, changing.headers.allow]).toEqual([405, 'POST'])
    expect(gateway.fetched.map(({ subgraph }) => subgraph)).toEqual(['users'])
  })
})

describe('introspection', () => {
  it('is answered beside data, in the order that was asked for', async () => {
    const query = `query ($no: Boolean = false) {
      kind: __type(name: "Cart") { id: kind }
      product(slug: "a") { name }
      __schema @include(if: $no) { queryType { name } }
      __typename
      me: __schema { id: queryType { name } }
    }`
    const { json } = await gateway.post({ query })
    expect(json).toEqual({
      data: { kind: { id: 'OBJECT' }, product: { name: 'P' }, __typename: 'Query', me: { id: { name: 'Query' } } },
    })
    expect(Object.keys(json.data)).toEqual(['kind', 'product', '__typename', 'me'])
  })
})

describe('a limit on the rate of requests', () => {
  const limited = new GraphQLError('Too many attempts.', {
    path: ['signIn'],
    extensions: { code: 'RATE_LIMITED', retryAfter: 12 },
  })
  const signIn = 'signIn(input: { email: "a@example.org", password: "b" }) { __typename }'

  it('is a 429 that says when to try again', async () => {
    answer = () => ({ data: null, errors: [limited] })
    for (const accept of ['*/*', 'application/json', 'application/graphql-response+json']) {
      const { status, headers, json } = await gateway.post({ query: `mutation { ${signIn} }` }, { accept })
      expect(json).toEqual({
        data: null,
        errors: [
          { message: 'Too many attempts.', path: ['signIn'], extensions: { code: 'RATE_LIMITED', retryAfter: 12 } },
        ],
      })
      expect([status, headers['retry-after']]).toEqual([429, '12'])
    }
  })

  it('is reported beside what else was answered', async () => {
    const path = ['product']
    answer = () => ({
      data: { product: null, categories: [] },
      errors: [new GraphQLError('Too many.', { path, extensions: limited.extensions })],
    })
    const { status, headers } = await gateway.post({ query: '{ product(slug: "a") { name } categories { slug } }' })
    expect([status, headers['retry-after']]).toEqual([200, '12'])
  })
})
