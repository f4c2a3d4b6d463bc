import { once } from 'node:events'

import { GraphQLError } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Cancellation } from '../../platform/work/cancellation.ts'
import { gatewayUnderTest, type GatewayUnderTest, type Subgraphs } from '../testing/gateway-under-test.ts'

const fetchDeadline = 200
let answer: Subgraphs
let gateway: GatewayUnderTest

beforeAll(async () => {
  gateway = await gatewayUnderTest((request, subgraph) => answer(request, subgraph), { fetchDeadline })
})

afterEach(() => gateway.forget())
afterAll(() => gateway.close())

const entitiesOf = (variables: Readonly<Record<string, unknown>> | undefined): { id: string }[] => {
  const { representations = [] }: { representations?: { id: string }[] } = variables ?? {}
  return representations
}
const recommended = (...ids: string[]) => ids.map((id) => ({ product: { __typename: 'Product', id } }))

it('a client may call a variable of its own as the representations of a fetch are', async () => {
  answer = () => ({ data: { boughtWith: [] } })
  const query = 'query ($representations: [ID!]!) { boughtWith(productIds: $representations) { explanation } }'
  const { json } = await gateway.post({ query, variables: { representations: ['a', 'b'] } })
  expect(json).toEqual({ data: { boughtWith: [] } })
})

describe('entities at several places', () => {
  const query = '{ popularProducts { product { name category { slug } } } }'

  it('are fetched once, and answered at each', async () => {
    answer = ({ variables }, subgraph) =>
      subgraph === 'products'
        ? {
            data: {
              _entities: entitiesOf(variables).map(({ id }) => ({ name: `Product ${id}`, category: { slug: id } })),
            },
          }
        : { data: { popularProducts: recommended('a', 'b', 'a', 'a') } }
    const { json } = await gateway.post({ query })
    expect(gateway.fetched.at(-1)?.request.variables).toEqual({
      representations: [
        { __typename: 'Product', id: 'a' },
        { __typename: 'Product', id: 'b' },
      ],
    })
    const of = (id: string) => ({ product: { name: `Product ${id}`, category: { slug: id } } })
    expect(json).toEqual({ data: { popularProducts: [of('a'), of('b'), of('a'), of('a')] } })
  })

  it('have an error at each, where one of them fails', async () => {
    const error = new GraphQLError('You may not.', {
      path: ['_entities', 1, 'name'],
      extensions: { code: 'FORBIDDEN' },
    })
    answer = (_request, subgraph) =>
      subgraph === 'products'
        ? { data: { _entities: [{ name: 'A', category: { slug: 'a' } }, null] }, errors: [error] }
        : { data: { popularProducts: recommended('a', 'b', 'b') } }
    const { json } = await gateway.post({ query })
    expect(json.errors.map(({ path }: { path: unknown }) => path)).toEqual([
      ['popularProducts', 1, 'product', 'name'],
      ['popularProducts', 2, 'product', 'name'],
    ])
  })
})

describe('an entity that its subgraph does not have', () => {
  const query = '{ popularProducts { product { category { slug } } } me { id } product(slug: "a") { name } }'
  const traceId: unknown = expect.stringMatching(/^[0-9a-f]{32}$/)
  const missing = {
    message: 'A part of the answer is missing.',
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable: true, traceId },
  }

  it('has an error for what it costs, beside an error of something else', async () => {
    const failed = new GraphQLError('You may not.', { path: ['me'], extensions: { code: 'FORBIDDEN' } })
    answer = ({ variables }, subgraph) => {
      if (subgraph === 'users') return { data: { me: null }, errors: [failed] }
      if (subgraph !== 'products') return { data: { popularProducts: recommended('a', 'b') } }
      if (variables?.representations === undefined) return { data: { product: null } }
      return {
        data: { _entities: entitiesOf(variables).map(({ id }) => (id === 'a' ? { category: { slug: 'a' } } : null)) },
      }
    }
    const { json } = await gateway.post({ query })
    expect(json.data).toBeNull()
    expect(json.errors).toContainEqual({ ...missing, path: ['popularProducts', 1, 'product', 'category'] })
    expect(json.errors).toContainEqual({ message: 'You may not.', path: ['me'], extensions: { code: 'FORBIDDEN' } })
    expect(json.errors).toHaveLength(2)
  })

  it('has one error for what it costs, and none for what may be absent', async () => {
    answer = (_request, subgraph) =>
      subgraph === 'products' ? { data: { _entities: [null] } } : { data: { popularProducts: recommended('a') } }
    const lost = await gateway.post({ query: '{ popularProducts { product { category { slug } } } }' })
    expect(lost.json.errors).toEqual([{ ...missing, path: ['popularProducts', 0, 'product', 'category'] }])
  })
})

describe('a subgraph that hangs', () => {
  it('costs one deadline in a request, at however many levels it is needed', async () => {
    const cancellations: (Cancellation | undefined)[] = []
    answer = ({ cancellation }, subgraph) => {
      if (subgraph !== 'cart') return { data: {} }
      cancellations.push(cancellation)
      return new Promise(() => undefined)
    }
    const from = performance.now()
    const { json } = await gateway.post({
      query: '{ a: cart { id } b: cart { version } me { id } categories { slug } }',
    })
    expect(performance.now() - from).toBeLessThan(fetchDeadline * 3)
    expect(json.errors.map(({ path }: { path: unknown }) => path)).toContainEqual(['a'])
    const message: unknown = expect.stringContaining(`${fetchDeadline} ms`)
    expect(cancellations).toMatchObject(cancellations.map(() => ({ reason: { message } })))
    expect(gateway.log()).toContain(`cart did not answer within ${fetchDeadline} ms`)
  })
})

describe('a client that has gone', () => {
  it('calls off the fetch that is under way, and begins no other', async () => {
    const url = await gateway.server.listen({ host: '127.0.0.1', port: 0 })
    const begun = new AbortController()
    let fetchSignal: AbortSignal | undefined
    answer = ({ cancellation }) => {
      fetchSignal = cancellation?.signal
      begun.abort()
      return new Promise((resolve) => {
        fetchSignal?.addEventListener('abort', () => resolve({ data: { clearCart: { __typename: 'Cart' } } }))
      })
    }
    const client = new AbortController()
    const asked = fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'mutation { a: clearCart { __typename } b: clearCart { __typename } }' }),
      signal: client.signal,
    }).catch((thrown: unknown) => thrown)
    if (!begun.signal.aborted) await once(begun.signal, 'abort')
    client.abort()
    await asked
    const signal = fetchSignal
    if (signal === undefined) throw new Error('the fetch had no signal')
    if (!signal.aborted) await once(signal, 'abort')
    expect(gateway.fetched).toHaveLength(1)
    expect(gateway.log()).toBe('')
  })

  it('is known to the subgraph by its address', async () => {
    answer = () => ({ data: { me: null } })
    await gateway.post({ query: '{ me { id } }' })
    expect(gateway.fetched[0]?.request.clientAddress).toBe('127.0.0.1')
  })
})
