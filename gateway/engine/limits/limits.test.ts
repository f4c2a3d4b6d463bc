import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { gatewayUnderTest, type GatewayUnderTest } from '../../testing/gateway-under-test.ts'

let gateway: GatewayUnderTest

beforeAll(async () => {
  gateway = await gatewayUnderTest(() => ({ data: { product: null, categories: [], boughtWith: [] } }))
})

beforeEach(() => gateway.forget())
afterAll(() => gateway.close())

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ')
const product = (selection: string) => `{ product(slug: "a") { ${selection} } }`
/** Each fragment spreads the next one twice. */
const doubling = (levels: number) =>
  `${product('...F0')} ${times(levels, (at) => `fragment F${at} on Product { ...F${at + 1} ...F${at + 1} }`)} fragment F${levels} on Product { id }`
const nested = (levels: number) =>
  `{ product(slug: "a") ${'{ category { slug } similar { product '.repeat(levels)} { id } ${'} }'.repeat(levels)} }`

interface Costly {
  readonly what: string
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly message: RegExp
}

const costly: readonly Costly[] = [
  {
    what: '300 times a field within a field',
    query: product(times(300, () => 'variants { product { name slug } }')),
    message: /at most 2000 tokens/,
  },
  {
    what: '600 of them',
    query: product(times(600, () => 'variants { product { name } }')),
    message: /at most 2000 tokens/,
  },
  {
    what: '100 of them',
    query: product(times(100, () => 'variants { product { name } }')),
    message: /at most 30 times `variants` at one place/,
  },
  {
    what: 'a field of which each repetition repeats another',
    query: product(times(20, () => `variants { ${times(5, () => 'product { id }')} }`)),
    message: /at most 30 times `product` at one place/,
  },
  {
    what: 'repetitions in fragments',
    query: `${product(times(31, (at) => `...F${at}`))} ${times(31, (at) => `fragment F${at} on Product { f${at}: variants { id } }`)}`,
    message: /at most 30 times `variants`/,
  },
  {
    what: 'lists within lists',
    query:
      '{ products(first: 100) { edges { node { boughtTogether(first: 100) { product { similar(first: 100) { score } } } } } } }',
    message: /at most 20000 objects in its answer; this one has 10\d{5}\./,
  },
  {
    what: 'lists within lists, by variables and defaults',
    query:
      'query ($some: Int = 100, $many: Int) { products(first: $some) { edges { node { boughtTogether(first: $many) { product { similar { product { similar { score } } } } } } } } }',
    variables: { many: 100 },
    message: /at most 20000 objects/,
  },
  {
    what: 'lists within lists, by the defaults of the schema',
    query:
      '{ products { edges { node { similar { product { similar { product { similar { product { similar { score } } } } } } } } } } }',
    message: /at most 20000 objects/,
  },
  {
    what: '1,000 searches',
    query: `{ ${times(1_000, (at) => `a${at}: products { totalCount }`)} }`,
    message: /at most 2000 tokens/,
  },
  {
    what: '5,000 searches',
    query: `{ ${times(5_000, (at) => `a${at}: products { totalCount }`)} }`,
    message: /at most 64000 characters/,
  },
  {
    what: '21 searches',
    query: `{ ${times(21, (at) => `a${at}: products { totalCount }`)} }`,
    message: /at most 20 fields of the root; this one has 21\./,
  },
  {
    what: '21 mutations',
    query: `mutation { ${times(21, (at) => `a${at}: clearCart { __typename }`)} }`,
    message: /at most 20 fields of the root/,
  },
  {
    what: '21 fields of the root in a fragment',
    query: `{ ...F ...F } fragment F on Query { ${times(11, (at) => `a${at}: me { id }`)} }`,
    message: /at most 20 fields of the root; this one has 22\./,
  },
  { what: '5,000 levels', query: nested(2_500), message: /at most 64000 characters/ },
  { what: '500 levels', query: nested(120), message: /at most 15 levels of fields/ },
  {
    what: '16 levels',
    query: product(`${'similar { product { '.repeat(7)} id ${'} }'.repeat(7)}`),
    message: /at most 15 levels of fields; this one has 16\./,
  },
  {
    what: '16 levels by fragments',
    query: `${product('...F0')} ${times(7, (at) => `fragment F${at} on Product { similar { product { ...F${at + 1} } } }`)} fragment F7 on Product { id }`,
    message: /at most 15 levels of fields; this one has 16\./,
  },
  {
    what: '900 lists within each other',
    query: `{ boughtWith(productIds: ${'['.repeat(900)}${']'.repeat(900)}) { score } }`,
    message: /levels of fields/,
  },
  {
    what: '900 fragments within each other',
    query: product(`${'... { '.repeat(600)} id ${'}'.repeat(600)}`),
    message: /levels of fields/,
  },
  { what: 'fragments that double', query: doubling(40), message: /at most 5000 selections; this one has/ },
  { what: 'fragments that double often', query: doubling(150), message: /at most 5000 selections/ },
  {
    what: 'a large literal',
    query: `{ boughtWith(productIds: [${times(3_000, () => '"a"')}]) { score } }`,
    message: /at most 2000 tokens/,
  },
  {
    what: 'a large variable',
    query: 'query ($ids: [ID!]!) { boughtWith(productIds: $ids) { score } }',
    variables: { ids: Array.from({ length: 50_000 }, String) },
    message: /at most 2000 values in its variables/,
  },
  {
    what: '11 directives at one field',
    query: `{ me { id ${'@include(if: true) '.repeat(11)} } }`,
    message: /at most 10 directives at one place; this one has 11\./,
  },
  {
    what: '101 directives',
    query: `{ me { ${times(101, (at) => `a${at}: id @include(if: true)`)} } }`,
    message: /at most 100 directives; this one has 101\./,
  },
  { what: 'a long comment', query: `#${' '.repeat(100_000)}\n{ me { id } }`, message: /at most 64000 characters/ },
  {
    what: 'a document of comments',
    query: `${'#\n'.repeat(31_000)} ${times(1_000, () => '{')}`,
    message: /levels of fields/,
  },
]

/** Milliseconds of the quickest of some tries: what else the machine does is not counted. */
async function quickest(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let run = 0; run < 5; run += 1) {
    const from = performance.now()
    await work()
    took.push(performance.now() - from)
  }
  return Math.min(...took)
}

describe('a document that costs too much', () => {
  it.each(costly)('is refused at once, with a code and the limit: $what', async ({ query, variables, message }) => {
    const answer = await gateway.post({ query, variables })
    expect(answer.json).toEqual({
      errors: [{ message: expect.stringMatching(message), extensions: { code: 'DOCUMENT_TOO_COSTLY' } }],
    })
    expect([answer.status, gateway.fetched]).toEqual([400, []])
    expect(await quickest(() => gateway.post({ query, variables }))).toBeLessThan(50)
  })

  it.each([
    ['itself', `${product('...F')} fragment F on Product { id ...F }`],
    [
      'itself by another, under a field',
      `${product('...F')} fragment F on Product { similar { product { ...G ...G } } } fragment G on Product { ...F ...F }`,
    ],
    ['itself, and nobody spreads it', `{ me { id } } fragment F on Product { ...F }`],
  ])('or has no end is refused as not valid: a fragment that spreads %s', async (_what, query) => {
    const answer = await gateway.post({ query })
    expect(answer.status).toBe(400)
    for (const error of answer.json.errors) expect(error.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(await quickest(() => gateway.post({ query }))).toBeLessThan(50)
  })

  it('in mistakes is told five of them', async () => {
    const query = `{ me { ${times(400, (at) => `nonsense${at}`)} } }`
    const answer = await gateway.post({ query })
    expect(answer.json.errors).toHaveLength(5)
    expect(await quickest(() => gateway.post({ query }))).toBeLessThan(50)
    const variables = { ids: Array.from({ length: 500 }, () => ({})) }
    const wrong = await gateway.post({
      query: 'query ($ids: [ID!]!) { boughtWith(productIds: $ids) { score } }',
      variables,
    })
    expect(wrong.status).toBe(400)
    expect(wrong.json.errors.length).toBeLessThanOrEqual(5)
    for (const error of wrong.json.errors) expect(error.extensions).toEqual({ code: 'BAD_USER_INPUT' })
  })
})

describe('a document within the limits', () => {
  it.each([
    [
      'the introspection of GraphiQL',
      getIntrospectionQuery({
        schemaDescription: true,
        inputValueDeprecation: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        oneOf: true,
      }),
    ],
    [
      '15 levels',
      `{ categories { slug } ${product(`${'similar(first: 1) { product { '.repeat(6)} similar(first: 1) { score } ${'} }'.repeat(6)}`).slice(1)}`,
    ],
    ['30 aliases', product(times(30, (at) => `a${at}: variants { id }`))],
    ['20 fields of the root', `{ ${times(20, (at) => `a${at}: categories { slug }`)} }`],
    [
      '10 directives',
      `{ ...F ${'@include(if: true) '.repeat(1)} } fragment F on Query { ${times(10, (at) => `a${at}: me @skip(if: true) { id }`)} categories { slug } }`,
    ],
    [
      'null for `first`, which is the default',
      'query ($n: Int) { products(first: $n) { totalCount } categories { slug } product { similar(first: null) { score } } }',
    ],
  ])('is answered: %s', async (_what, query) => {
    const { status, json } = await gateway.post({ query, variables: { n: null } })
    expect([
      status,
      (json.errors ?? []).filter(
        ({ extensions }: { extensions: { code: string } }) => extensions.code !== 'SUBGRAPH_UNAVAILABLE',
      ),
    ]).toEqual([200, []])
  })

  it('may be told more by other settings', async () => {
    const query = `{ ${times(21, (at) => `a${at}: categories { slug }`)} }`
    const { defaultLimits } = await import('../../config.ts')
    const wider = await gatewayUnderTest(() => ({ data: {} }), { limits: { ...defaultLimits, rootFields: 21 } })
    expect((await wider.post({ query })).status).toBe(200)
    await wider.close()
  })
})
