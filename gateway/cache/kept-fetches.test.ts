import { GraphQLError, type ExecutionResult } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { announcedChanges, type AnnouncedChanges } from '../testing/announced-changes.ts'
import { gatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.ts'

const product = 'products.ProductState'
const stock = 'inventory.StockState'

let changes: AnnouncedChanges
let gateway: GatewayUnderTest
/** Counts what subgraphs have answered, so that what is given again shows. */
let answered: number
let failing: ReadonlySet<string>
let isDown: boolean
/** Called when a fetch arrives. */
let onFetch: (subgraph: string) => void

const tokens = { authorization: 'Bearer member' }
const recommendation = (id: string) => ({ ...{ score: 1, explanation: '' }, product: { __typename: 'Product', id } })

function answer({ variables, query }: SubgraphRequest, subgraph: string): ExecutionResult {
  onFetch(subgraph)
  answered += 1
  const number = answered
  if (subgraph === 'recommendations') return { data: { popularProducts: ['p1', 'p2'].map(recommendation) } }
  if (subgraph === 'users') return { data: { me: { __typename: 'User', id: 'u1', name: `me ${number}` } } }
  const representations = variables?.representations as { readonly id: string }[] | undefined
  if (isDown) throw new Error('connect ECONNREFUSED')
  if (representations === undefined) return { data: { product: productAs(`name ${number}`) } }
  const errors = representations.flatMap(({ id }, at) =>
    failing.has(id)
      ? [new GraphQLError('no', { path: ['_entities', at, 'description'], extensions: { code: 'NOT_FOUND' } })]
      : [],
  )
  const entities = representations.map(({ id }) => {
    if (subgraph === 'inventory') return { availability: { inStock: true, quantity: number } }
    return failing.has(id)
      ? null
      : { ...(query.includes('status') && { status: 'ACTIVE' }), description: `${id} ${number}` }
  })
  return { data: { _entities: entities }, ...(errors.length > 0 && { errors }) }
}

const productAs = (name: string) => ({
  ...{ __typename: 'Product', id: 'p9', name },
  variants: [{ __typename: 'ProductVariant', id: 'v9' }],
})

beforeAll(async () => {
  changes = announcedChanges()
  const identify = (token: string | undefined) =>
    Promise.resolve(
      token === undefined ? ({ kind: 'visitor' } as const) : ({ kind: 'user', id: 'u1', roles: ['SHOPPER'] } as const),
    )
  gateway = await gatewayUnderTest(
    (request, subgraph) => Promise.resolve(answer(request, subgraph)),
    {},
    { changes, identify },
  )
})
afterAll(() => gateway.close())
beforeEach(() => {
  answered = 0
  failing = new Set()
  isDown = false
  onFetch = () => undefined
  changes.lose()
  changes.follow()
  gateway.forget()
})

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer's shape is asserted, not declared
async function ask(query: string): Promise<{ json: any; fetched: string[] }> {
  gateway.forget()
  const { json } = await gateway.post({ query }, tokens)
  const fetched = gateway.fetched.map(({ subgraph, request: { variables } }) => {
    const asked = variables?.representations as { readonly id: string }[] | undefined
    return [subgraph, ...(asked ?? []).map(({ id }) => id)].join(' ')
  })
  return { json, fetched }
}

const shelf = '{ popularProducts(first: 2) { product { description } } me { name } }'
const page = '{ product(slug: "s") { name variants { availability { quantity } } } me { name } }'

describe('a member’s page', () => {
  it('is made of what is kept of products, and of what is the member’s own', async () => {
    const first = await ask(page)
    expect(first.fetched.toSorted()).toEqual(['inventory v9', 'products', 'users'])
    const second = await ask(page)
    expect(second.fetched).toEqual(['users'])
    expect(second.json.data.product).toEqual(first.json.data.product)
    expect(second.json.data.me).not.toEqual(first.json.data.me)
  })

  it('is made of entities that another operation has asked for', async () => {
    await ask(shelf)
    const { fetched, json } = await ask('query Other { popularProducts(first: 2) { product { description } score } }')
    expect(fetched).toEqual(['recommendations'])
    expect(json.data.popularProducts[0].product.description).toMatch(/^p1 /)
  })

  it.each([
    ['the product', 'p1', ['products p1', 'recommendations', 'users']],
    ['any product', undefined, ['products p1 p2', 'recommendations', 'users']],
    ['another product', 'p3', ['recommendations', 'users']],
  ])('asks again for what a message tells of: %s', async (_what, key, fetched) => {
    const first = await ask(shelf)
    changes.announce({ message: product, key })
    const second = await ask(shelf)
    expect(second.fetched.toSorted()).toEqual(fetched)
    const secondName = ({ json }: typeof first): string => json.data.popularProducts[1].product.description
    expect(secondName(second) === secondName(first)).toBe(!fetched.some((one) => one.includes('p2')))
  })

  it('asks again for stock that has changed, and for nothing else', async () => {
    await ask(page)
    changes.announce({ message: stock, key: 'v8' })
    expect((await ask(page)).fetched).toEqual(['users'])
    changes.announce({ message: stock, key: 'v9' })
    expect((await ask(page)).fetched.toSorted()).toEqual(['inventory v9', 'users'])
  })

  it('keeps nothing that has changed while it was read', async () => {
    onFetch = (subgraph) => {
      if (subgraph === 'products') changes.announce({ message: product, key: 'p1' })
    }
    await ask(shelf)
    onFetch = () => undefined
    expect((await ask(shelf)).fetched.toSorted()).toEqual(['products p1', 'recommendations', 'users'])
  })

  it('keeps nothing while changes may be missed', async () => {
    changes.lose()
    await ask(page)
    expect((await ask(page)).fetched.toSorted()).toEqual(['inventory v9', 'products', 'users'])
  })

  it('keeps nothing of an answer with an error, and says of what it is though the rest is kept', async () => {
    await ask(shelf)
    changes.announce({ message: product, key: 'p2' })
    failing = new Set(['p2'])
    for (let turn = 0; turn < 2; turn += 1) {
      const { json, fetched } = await ask(shelf)
      expect(fetched).toContain('products p2')
      expect(json.errors).toMatchObject([{ path: ['popularProducts', 1, 'product', 'description'] }])
    }
  })

  it('has what is kept when the subgraph of the rest is down', async () => {
    const pair = '{ popularProducts(first: 2) { score product { name similarity: category { name } } } }'
    await ask(pair)
    changes.announce({ message: product, key: 'p2' })
    isDown = true
    const { json } = await ask(pair)
    expect(json.errors).toHaveLength(1)
    expect(json.errors).toMatchObject([{ path: ['popularProducts', 1, 'product', 'similarity'] }])
  })

  it('is not mixed up with another selection, nor by what its operation is called', async () => {
    await ask(shelf)
    expect((await ask(shelf.replace('description', 'description status'))).fetched).toContain('products p1 p2')
    expect((await ask(`query Named ${shelf}`)).fetched.toSorted()).toEqual(['recommendations', 'users'])
  })

  it('is not older than what a shared answer says', async () => {
    await ask(page)
    gateway.forget()
    const anonymous = await gateway.post({
      query: '{ product(slug: "s") { name variants { availability { quantity } } } }',
    })
    expect(gateway.fetched).toEqual([])
    expect(anonymous.json.data.product.name).toMatch(/^name /)
  })
})
