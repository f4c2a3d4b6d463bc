import { buildSchema, parse } from 'graphql'
import { expect, it } from 'vitest'

import { visitor } from '../../platform/identity/viewer.ts'
import { defaultLimits } from '../config.ts'
import { soukSizes } from '../engine/limits/list-sizes.ts'
import { preparation } from '../engine/prepare/preparation.ts'
import { sharedReads } from './reads.ts'
import { cacheRulesIn } from './rules.ts'

const sdl = `
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on FIELD_DEFINITION | OBJECT | INTERFACE
  enum CacheControlScope { PUBLIC PRIVATE }
  type Query { open: String own: String @cacheControl(scope: PRIVATE) account: Account node: Node }
  type Account @cacheControl(scope: PRIVATE) { id: ID }
  interface Node { id: ID }
  type Thing implements Node { id: ID }
`

function isShared(text: string, ofGraph = sdl): boolean {
  const schema = buildSchema(ofGraph)
  const { prepare } = preparation({ schema, limits: defaultLimits, sizes: soukSizes, production: false })
  const sharedReadOf = sharedReads({ schema, rules: cacheRulesIn(parse(ofGraph)) })
  const asked = { given: {}, values: {}, asker: { viewer: visitor, forwarded: undefined } }
  return sharedReadOf(prepare(text, undefined).prepared, asked) !== undefined
}

it.each([
  ['is', 'what says nothing of itself', '{ open }', true],
  ['is not', 'a field that is marked as private', '{ open own }', false],
  ['is not', 'what has a type that is', '{ account { id } }', false],
  ['is not', 'what may be so, as only the answer says', '{ node { id } }', false],
  ['is not', 'what the schema answers', '{ open __schema { description } }', false],
])('%s shared by visitors who ask at the same time: %s', (...[, , text, expected]) => {
  expect(isShared(text)).toBe(expected)
})

it('what may be of several types is shared where nothing is private', () => {
  expect(isShared('{ node { id } }', sdl.replaceAll('@cacheControl(scope: PRIVATE)', ''))).toBe(true)
})
