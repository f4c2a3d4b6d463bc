import { composeServices } from '@apollo/composition'
import { buildSchema, graphql, GraphQLError, parse } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { visitor } from '../../../platform/identity/viewer.ts'
import { parsedFields } from '../../http/json-fields.ts'
import { createEngine, type Engine } from '../engine.ts'

/** Two members with fields of each type under different names, and with the same name too. */
const sdl = `
  type Query { found: [Found] }
  union Found = Left | Right
  type Left { text: String! count: Int! isNew: Boolean! note: String both: String! part: LeftPart }
  type Right { words: String! number: Int! wasNew: Boolean! remark: String both: String! piece: RightPiece }
  type LeftPart { size: Int! }
  type RightPiece { width: Int! }
`
const left = { __typename: 'Left', text: '', count: 0, isNew: false, note: null, both: '', part: { size: 0 } }
const right = { __typename: 'Right', words: '', number: 0, wasNew: false, remark: null, both: '', piece: { width: 0 } }

let engine: Engine
let found: readonly object[]

beforeAll(async () => {
  const { supergraphSdl, errors } = composeServices([{ name: 'finds', url: 'http://finds', typeDefs: parse(sdl) }])
  if (supergraphSdl === undefined) throw new Error(errors.join('; '))
  const schema = buildSchema(sdl)
  const finds = {
    execute: ({ query: source }: { query: string }) => graphql({ schema, source, rootValue: { found: () => found } }),
    ready: () => Promise.resolve(true),
  }
  engine = createEngine({
    supergraphSdl,
    subgraphs: new Map([['finds', finds]]),
    identify: () => Promise.resolve(visitor),
    passports: () => Promise.resolve('passport'),
    jwks: () => Promise.resolve({ keys: [] }),
    log: pino({ level: 'silent' }),
    config: {
      production: false,
      graphiqlFolder: '',
      fetchDeadline: 1_000,
      hosts: { bind: '', allowed: [] },
      corsOrigins: [],
    },
  })
})

afterAll(() => engine.stop())

async function send(text: string) {
  const asker = {
    viewer: visitor,
    traceparent: '',
    clientAddress: undefined,
    signal: new AbortController().signal,
    late: new Set<string>(),
    changed: new Set<string>(),
  }
  const { data, errors } = await engine.answer(
    {
      text,
      operationName: undefined,
      variables: {},
      readOnly: false,
      onErrand: false,
      payFor: () => Promise.resolve(),
      whenGone: () => undefined,
    },
    asker,
  )
  return { data: data && parsedFields(data), errors }
}

describe('one response key for different fields of a union', () => {
  it.each([
    { what: 'an empty text', ofLeft: 'x: text', ofRight: 'x: words', value: '' },
    { what: 'a zero', ofLeft: 'x: count', ofRight: 'x: number', value: 0 },
    { what: 'a no', ofLeft: 'x: isNew', ofRight: 'x: wasNew', value: false },
    { what: 'null', ofLeft: 'x: note', ofRight: 'x: remark', value: null },
    { what: 'an empty text under the name of a field', ofLeft: 'both', ofRight: 'both: words', value: '' },
    { what: 'an empty text of the same field', ofLeft: 'x: both', ofRight: 'x: both', value: '' },
  ])('keeps $what of each', async ({ ofLeft, ofRight, value }) => {
    found = [left, right]
    const { data, errors } = await send(`{ found { ... on Left { ${ofLeft} } ... on Right { ${ofRight} } } }`)
    const key = ofLeft.replace(/:.*/, '')
    expect({ data, errors }).toEqual({ data: { found: [{ [key]: value }, { [key]: value }] }, errors: undefined })
  })

  it('keeps what is inside each, and merges what is one field', async () => {
    found = [left, right]
    const { data } = await send(`{
      found { ... on Left { x: part { y: size } } ... on Right { x: piece { y: width } } ...More }
    }
    fragment More on Found { ... on Left { x: part { z: size } } ... on Right { x: piece { size: width } } }`)
    expect(data).toEqual({ found: [{ x: { y: 0, z: 0 } }, { x: { y: 0, size: 0 } }] })
  })

  it('is what the path of an error has', async () => {
    const fail = () => {
      throw new GraphQLError('You may not.', { extensions: { code: 'FORBIDDEN' } })
    }
    found = [
      { ...left, note: fail },
      { ...right, remark: fail },
    ]
    const { data, errors } = await send('{ found { ... on Left { x: note } ... on Right { x: remark } } }')
    expect(data).toEqual({ found: [{ x: null }, { x: null }] })
    expect(errors?.map(({ path }) => path)).toEqual([
      ['found', 0, 'x'],
      ['found', 1, 'x'],
    ])
  })

  it.each([
    ['a_1_b', 'a'],
    ['x__alias_0', 'x'],
    ['souk_1_x_text', '__proto__'],
  ])('may be any name: %s, %s', async (first, second) => {
    found = [{ ...left, text: 'left', both: 'both' }, right]
    const { data } = await send(
      `{ found { ... on Left { ${first}: text ${second}: both } ... on Right { ${first}: both ${second}: words } } }`,
    )
    expect(JSON.parse(JSON.stringify(data))).toEqual(
      JSON.parse(`{ "found": [{ "${first}": "left", "${second}": "both" }, { "${first}": "", "${second}": "" }] }`),
    )
  })
})
