import { readFileSync } from 'node:fs'

import { afterAll, expect, it } from 'vitest'

import { bothExecutors } from './both-executors.ts'
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
