import { buildSchema, graphql } from 'graphql'
import { describe, expect, it } from 'vitest'

import api from '../api.graphql?raw'
import { examples } from './examples.ts'
import { fittingExamples } from './fitting-examples.ts'

/** Answers as a graph of that schema does. */
function graphOf(sdl: string): typeof fetch {
  const schema = buildSchema(sdl)
  return async (_url, init) => {
    const { query }: { query: string } = JSON.parse(typeof init?.body === 'string' ? init.body : '')
    return Response.json(await graphql({ schema, source: query }))
  }
}

const titles = async (fetch: typeof globalThis.fetch) =>
  (await fittingExamples({ url: 'http://graph/graphql', fetch })).map(({ title }) => title)

describe('the examples that are shown', () => {
  it('are all on the graph of the shop', async () => {
    expect(await titles(graphOf(api))).toEqual(examples.map(({ title }) => title))
  })

  it('are none on a graph that has not their fields, though it has a root field of the name', async () => {
    expect(await titles(graphOf('type Query { products: [Product] } type Product { id: ID! name: String }'))).toEqual(
      [],
    )
  })

  it.each([
    ['is away', () => Promise.reject(new Error('ECONNREFUSED'))],
    ['shows no schema', () => Promise.resolve(Response.json({ errors: [{ message: 'No introspection.' }] }))],
  ])('are all where the graph %s', async (_how, fetch) => {
    expect(await titles(fetch)).toHaveLength(examples.length)
  })
})
