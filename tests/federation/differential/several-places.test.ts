import { readFileSync } from 'node:fs'

import { afterAll, describe, expect, it } from 'vitest'

import { bothExecutors } from './both-executors.ts'
import { fixture } from './graphs.ts'
import { madeUpSubgraphs } from './made-up-subgraphs.ts'

const supergraphSdl = readFileSync(new URL('../../../supergraph.graphql', import.meta.url), 'utf8')
/** So many elements that the same entity stands in both places. */
const subgraphs = madeUpSubgraphs({ nulls: 0, failures: 0, elements: 5 })
const both = bothExecutors({ supergraphSdl, subgraphs })

afterAll(() => both.stop())

/** What is asked of a product in two places: all that was fetched of it is the same, until one field. */
const inTwoPlaces = (one: string, other: string) => `{ products(first: 5) { edges { node {
  boughtTogether(first: 3) { product { variants { product { ${one} } } } }
  similar(first: 3) { product { variants { product { ${other} } } } } } } } }`

it.each([
  ['similar(first: 1) { explanation }', 'similar(first: 2) { explanation }'],
  ['similar(first: 1) { explanation }', 'name'],
  ['similar(first: 1) { product { id } }', 'similar(first: 2) { product { name } }'],
  ['variants { availability { inStock } }', 'variants { availability { quantity } }'],
])('an entity that stands in two places has in each what is asked for there: %s, %s', async (one, other) => {
  for (const text of [inTwoPlaces(one, other), inTwoPlaces(other, one)]) {
    const answer = await both.own({ text })
    expect(answer.errors).toEqual([])
    expect(answer).toEqual(await both.apollo({ text }))
  }
})

describe('an entity that stands in three places', () => {
  const graph = fixture('chain')
  const one = madeUpSubgraphs({ nulls: 0, failures: 0, oneOfEach: true }, graph.subgraphs)
  const ofChain = bothExecutors({ supergraphSdl: graph.supergraphSdl, subgraphs: one, foreign: true })
  afterAll(() => ofChain.stop())

  /** What is asked of the second place goes with that of the first, and with that of the third; those two do not go together. */
  const places = [
    'tour { town { inn { guests(first: 1) } } }',
    'return { town { inn { __typename id } } }',
    'trip { town { inn { guests(first: 2) } } }',
  ]

  it.each(ordersOf(places))('has in each what is asked for there: %s %s %s', async (...asked) => {
    const text = `{ ${asked.join(' ')} }`
    const answer = await ofChain.own({ text })
    expect(answer.errors).toEqual([])
    expect(answer).toEqual(await ofChain.apollo({ text }))
  })
})

function ordersOf(elements: readonly string[]): string[][] {
  if (elements.length < 2) return [[...elements]]
  return elements.flatMap((first, at) => ordersOf(elements.toSpliced(at, 1)).map((others) => [first, ...others]))
}
