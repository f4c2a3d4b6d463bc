import { GraphQLError, type ExecutionResult } from 'graphql'
import { afterEach, describe, expect, it } from 'vitest'

import { LinkFailure } from '../../gateway/fetch/link-failure.ts'
import type { SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { bothExecutors, type BothExecutors } from './differential/both-executors.ts'
import { fixture } from './differential/graphs.ts'
import { madeUpSubgraphs } from './differential/made-up-subgraphs.ts'

const { supergraphSdl, subgraphs } = fixture('reviews')

interface Asked {
  readonly subgraph: string
  readonly request: SubgraphRequest
}

type Answer = (request: SubgraphRequest) => Promise<ExecutionResult>
/** What stands between the gateway and a subgraph. */
type Between = (asked: Asked, answer: Answer) => Promise<ExecutionResult>

let opened: BothExecutors | undefined
afterEach(() => opened?.stop())

/** The graph of the public benchmark of gateways, with all that its subgraphs are asked. */
function graph(between: Between = ({ request }, answer) => answer(request)) {
  const asked: Asked[] = []
  const links = [...madeUpSubgraphs({ nulls: 0, failures: 0, elements: 3 }, subgraphs)].map(([subgraph, link]) => {
    const execute = (request: SubgraphRequest) => {
      asked.push({ subgraph, request })
      return between({ subgraph, request }, (sent) => link.execute(sent))
    }
    return [subgraph, { ...link, execute }] as const
  })
  opened = bothExecutors({ supergraphSdl, subgraphs: new Map(links), foreign: true })
  return { asked, ...opened }
}

/** Two selections of inventory, and nothing that the one waits for and the other does not. */
const two = `query Two {
  topProducts(first: 3) { upc inStock }
  top: topProducts(first: 2) { upc weight shippingEstimate }
}`

const benchmark = `query Benchmark {
  users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User
    reviews { ...Review product { ...Product } } } } } } }
  topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
}
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }`

const isShared = ({ request }: Asked) => request.query.includes('_e1:')
const parts = (asked: readonly Asked[]) => asked.filter(({ subgraph }) => subgraph === 'inventory').map(isShared)

describe('fetches of one subgraph at one time', () => {
  it('share a request, whatever each asks for', async () => {
    const { own, apollo, asked } = graph()
    const answer = await own({ text: two })
    expect(answer).toEqual(await apollo({ text: two }))
    const [shared, ...more] = asked.filter(isShared)
    expect([shared?.subgraph, shared?.request.operationName, more]).toEqual(['inventory', 'Two__inventory__1', []])
    expect(Object.keys(shared?.request.variables ?? {})).toEqual(['_e0', '_e1'])
  })

  it('are fewer than half of those of the plan for the public benchmark', async () => {
    const { own, apollo, asked } = graph()
    const answer = await own({ text: benchmark })
    const requests = asked.splice(0).length
    expect(answer).toEqual(await apollo({ text: benchmark }))
    expect([requests, asked.length]).toEqual([6, 16])
  })

  it('share their variables, and leave out who has nothing to ask for', async () => {
    const { own, apollo, asked } = graph()
    const text = `query ($first: Int, $all: Boolean!) {
      topProducts(first: 2) { reviews(first: $first) { id } }
      users(first: 2) @include(if: $all) { reviews(first: $first) { body } }
    }`
    for (const variables of [
      { first: 2, all: true },
      { first: 1, all: false },
    ]) {
      const answer = await own({ text, variables })
      const [request, ...more] = asked.splice(0).filter(({ subgraph }) => subgraph === 'reviews')
      expect(more).toEqual([])
      expect(request && isShared(request)).toBe(variables.all)
      expect(request?.request.variables?.first).toBe(variables.first)
      expect(answer).toEqual(await apollo({ text, variables }))
      asked.splice(0)
    }
  })

  it.each(['_e0', '_e12'])('stay apart where a client calls a variable of its own %s', async (name) => {
    const { own, apollo, asked } = graph()
    const text = `query ($${name}: Int) { topProducts { reviews(first: $${name}) { id } } users { reviews(first: $${name}) { body } } }`
    expect(await own({ text, variables: { [name]: 2 } })).toEqual(await apollo({ text, variables: { [name]: 2 } }))
    expect(asked.filter(isShared)).toEqual([])
  })
})

describe('of fetches that share a request', () => {
  it('an error belongs to the one, the entity and the places that it is of', async () => {
    const { own } = graph(async ({ request }, answer) => {
      const { data } = await answer(request)
      if (!isShared({ subgraph: '', request })) return { data: data ?? null }
      const place = request.query.indexOf('inStock') < request.query.lastIndexOf('_e1:') ? '_e0' : '_e1'
      const error = new GraphQLError('It failed.', { path: [place, 1, 'inStock'], extensions: { code: 'FORBIDDEN' } })
      return { data: data ?? null, errors: [error] }
    })
    const { errors } = await own({ text: two })
    expect(errors.map((error) => JSON.parse(error).path)).toEqual([['topProducts', 1, 'inStock']])
  })

  it('one that is lost with another, since there is no answer without all, is asked for alone', async () => {
    const { own, apollo, asked } = graph(({ subgraph, request }, answer) => {
      if (subgraph !== 'inventory') return answer(request)
      const path = isShared({ subgraph, request }) ? '_e1' : '_entities'
      const isOfStock = request.query.includes('shippingEstimate')
      return isOfStock
        ? Promise.resolve({
            data: null,
            errors: [new GraphQLError('It failed.', { path: [path, 0, 'shippingEstimate'] })],
          })
        : answer(request)
    })
    const answer = await own({ text: two })
    expect(parts(asked)).toEqual([true, false])
    expect(answer).toEqual(await apollo({ text: two }))
  })

  it.each([
    ['with errors of no field', () => Promise.resolve({ errors: [new GraphQLError('The operation is too deep.')] })],
    ['with what is no answer', () => Promise.reject(new LinkFailure('rubbish', 'it answered with status 413'))],
  ])('each is asked for alone where the subgraph answers both %s, and from then on at once', async (_how, refuse) => {
    const { own, apollo, asked } = graph(({ subgraph, request }, answer) =>
      isShared({ subgraph, request }) ? refuse() : answer(request),
    )
    const answer = await own({ text: two })
    expect(parts(asked.splice(0))).toEqual([true, false, false])
    expect(answer).toEqual(await apollo({ text: two }))
    asked.splice(0)
    await own({ text: two })
    expect(parts(asked)).toEqual([false, false])
  })

  it('none is asked for again where the subgraph is away', async () => {
    const { own, apollo, asked } = graph(({ subgraph, request }, answer) =>
      subgraph === 'inventory' ? Promise.reject(new LinkFailure('unreached', 'refused')) : answer(request),
    )
    const answer = await own({ text: two })
    expect(parts(asked)).toEqual([true])
    expect(answer).toEqual(await apollo({ text: two }))
  })
})
