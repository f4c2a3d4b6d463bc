import { readFileSync } from 'node:fs'

import { GraphQLError, parse, print, type ExecutionResult } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { Cancellation } from '../../platform/work/cancellation.ts'
import { visitor } from '../../platform/identity/viewer.ts'
import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { createPlanner } from '../engine/apollo/planner.ts'
import type { Expiry } from '../fetch/link.ts'
import { announcedChanges, type AnnouncedChanges } from '../testing/announced-changes.ts'
import { gatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.ts'
import { followChanges } from './following.ts'
import { keptFetches } from './kept-fetches.ts'
import { cacheRulesIn } from './rules.ts'

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

  it('is what a visitor’s answer is made of, too', async () => {
    await ask(page)
    gateway.forget()
    const query = '{ product(slug: "s") { name variants { availability { quantity } } } }'
    const { json } = await gateway.post({ query })
    expect(gateway.fetched).toEqual([])
    expect(json.data.product.name).toMatch(/^name /)
  })
})

it('what is kept makes an answer that it goes into end when it does itself', async () => {
  const supergraph = parse(readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'))
  const { schema } = createPlanner(print(supergraph))
  const rules = cacheRulesIn(supergraph)
  const following = followChanges({ changes: announcedChanges(), messages: rules.messages })
  const data = { _entities: [{ availability: { quantity: 3 } }] }
  const link = keptFetches({ bytes: 100_000, following, schema, rules })(() => Promise.resolve({ data }))
  const query =
    'query($representations:[_Any!]!){_entities(representations:$representations){...on ProductVariant{availability{quantity}}}}'
  const variables = { representations: [{ __typename: 'ProductVariant', id: 'v9' }] }
  const cancellation = new Cancellation()
  const fetchedWith = async (expiry: Expiry) => {
    const asker = { viewer: visitor, traceparent: '', clientAddress: undefined, cancellation, expiry }
    const sets = { late: new Set<string>(), changed: new Set<string>() }
    await link(
      { subgraph: 'inventory', query, operationName: undefined, variables, asker: { ...asker, ...sets } },
      cancellation,
    )
    return expiry.at
  }
  const before = performance.now()
  // Who has it fetched counts from the beginning of the whole.
  expect(await fetchedWith({ at: Infinity })).toBe(Infinity)
  const after = performance.now()
  const kept = await fetchedWith({ at: Infinity })
  expect(kept).toBeGreaterThanOrEqual(before + 5_000)
  expect(kept).toBeLessThanOrEqual(after + 5_000)
  expect(await fetchedWith({ at: before })).toBe(before)
  await following.stop()
})
