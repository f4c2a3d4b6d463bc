import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'
import { expect, it } from 'vitest'

import { nilUuid } from '../ids.ts'
import { readArgumentsAlike } from './arguments.ts'

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
  type Query { search(input: SearchInput, first: Int = 20, ids: [ID!]): String! }
  input SearchInput { id: ID, text: String, size: Int = 7, inner: [InnerInput!] }
  input InnerInput { id: ID!, sort: Sort = NAME }
  enum Sort { NAME NEWEST }
  type Basket @key(fields: "id") {
    id: ID!
    lines: [Line!]! @external
    seen(first: Int = 5): String! @requires(fields: "lines { id amount }")
  }
  type Line @key(fields: "id") { id: ID!, amount: Int! @external }
`)

/** Answers with what it was given. */
const echo = (_source: unknown, args: unknown) => JSON.stringify(args)
const schema = readArgumentsAlike(
  buildSubgraphSchema({
    typeDefs,
    resolvers: {
      Query: { search: echo },
      Basket: { seen: (basket: unknown, args: unknown) => JSON.stringify({ basket, args }) },
    },
  }),
)

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
const capitals = id.toUpperCase()

async function answerTo(source: string, variableValues: Record<string, unknown> = {}): Promise<unknown> {
  const { data, errors } = await graphql({ schema, source, variableValues })
  expect(errors).toBeUndefined()
  return data
}

async function search(args: string): Promise<unknown> {
  const data = (await answerTo(`{ search${args} }`)) as { search: string }
  return JSON.parse(data.search)
}

it('ids come in lower case, wherever they are, and what is none comes as the nil UUID', async () => {
  expect(await search(`(ids: ["${capitals}", "x", "${id}"])`)).toEqual({ first: 20, ids: [id, nilUuid, id] })
  const inner = { inner: [{ id, sort: 'NAME' }], size: 7, id: nilUuid }
  expect(await search(`(input: { id: "{${id}}", inner: [{ id: "${capitals}" }] })`)).toEqual({
    first: 20,
    input: inner,
  })
  expect(await search(`(input: { text: "${capitals}" })`)).toMatchObject({ input: { text: capitals } })
})

it('null is the default where there is one, and stays null where there is none', async () => {
  expect(await search('(first: null, ids: null, input: null)')).toEqual({ first: 20, ids: null, input: null })
  expect(await search(`(input: { size: null, id: null, inner: [{ id: "${id}", sort: null }] })`)).toEqual({
    first: 20,
    input: { size: 7, id: null, inner: [{ id, sort: 'NAME' }] },
  })
  expect(await search('')).toEqual({ first: 20 })
})

it('representations of entities are read as arguments are, with what was brought along', async () => {
  const representation = { __typename: 'Basket', id: capitals, lines: [{ id: capitals, amount: 2 }], note: capitals }
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Basket { seen(first: null) } }
  }`
  const data = (await answerTo(query, { representations: [representation] })) as { _entities: [{ seen: string }] }
  expect(JSON.parse(data._entities[0].seen)).toEqual({
    basket: { __typename: 'Basket', id, lines: [{ id, amount: 2 }], note: capitals },
    args: { first: 5 },
  })
})

it('a representation of a type that is not there is refused as before', async () => {
  const query = '{ _entities(representations: [{ __typename: "Nothing", id: "x" }, { id: "x" }]) { __typename } }'
  const { errors } = await graphql({ schema, source: query })
  expect(errors?.[0]?.message).toContain('Nothing')
})
