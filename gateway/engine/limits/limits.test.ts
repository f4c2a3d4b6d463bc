import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { costly, product, times } from '../../testing/costly-documents.ts'
import { gatewayUnderTest, type GatewayUnderTest } from '../../testing/gateway-under-test.ts'

let gateway: GatewayUnderTest

beforeAll(async () => {
  gateway = await gatewayUnderTest(() => ({ data: { product: null, categories: [], boughtWith: [] } }))
})

beforeEach(() => gateway.forget())
afterAll(() => gateway.close())

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

  it('in mistakes is answered with five of them', async () => {
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

  it('may have more by other settings', async () => {
    const query = `{ ${times(21, (at) => `a${at}: categories { slug }`)} }`
    const { defaultLimits } = await import('../../config.ts')
    const wider = await gatewayUnderTest(() => ({ data: {} }), { limits: { ...defaultLimits, rootFields: 21 } })
    expect((await wider.post({ query })).status).toBe(200)
    await wider.close()
  })
})
