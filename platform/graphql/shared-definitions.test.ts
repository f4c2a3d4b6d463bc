import { parse, print } from 'graphql'
import { expect, it } from 'vitest'

import { withShared } from './shared-definitions.ts'

const shared = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
  scalar Units
  type Money @shareable { amount: Units! }
  interface Refusal { code: Code! }
  type Refused implements Refusal @shareable { code: Code! }
  type Sold implements Refusal @shareable { code: Code! left: [Left!]! }
  enum Code { GONE }
  input Where { street: String! }
  directive @kept(by: Whose) on OBJECT
  enum Whose { ALL }
`)

/** What is added to a subgraph's own definitions, by name. */
function added(own: string): (string | undefined)[] {
  const given = parse(own)
  return withShared(given, shared)
    .definitions.filter((definition) => !given.definitions.includes(definition))
    .map((definition) => ('name' in definition ? definition.name?.value : definition.kind))
}

it.each([
  ['nothing that is not referred to', 'type Query { a: Int }', []],
  ['what a field is of, and what that is of', 'type Query { price: [Money!]! }', ['Money', 'Units']],
  ['members of a union, with the interfaces they implement', 'union Result = Refused', ['Refused', 'Refusal', 'Code']],
  ['what an argument is of', 'type Query { a(to: Where): Int }', ['Where']],
  ['what a field of an input is of', 'input Order { to: [Where!] }', ['Where']],
  ['a directive, with what its arguments are of', 'type Query @kept { a: Int }', ['kept', 'Whose']],
  ['what it extends', 'type Query { price: Money } extend type Money @kept', ['Money', 'Units', 'kept', 'Whose']],
  ['what is referred to through a type of its own', 'type Query { a: A } type A { price: Money }', ['Money', 'Units']],
])('a subgraph is given %s', (_what, own, expected) => {
  expect(added(`extend schema @link(url: "x") ${own}`)).toEqual(expected)
})

it('what it defines itself stays its own', () => {
  const own = 'type Query { a: Sold } type Left { id: ID! } enum Code { OWN }'
  expect(added(own)).toEqual(['SchemaExtension', 'Sold', 'Refusal'])
})

it('the shared header is added where it has none of its own', () => {
  expect(added('type Query { a: Int }')).toEqual(['SchemaExtension'])
  const { definitions } = withShared(parse('type Query { a: Int }'), shared)
  expect(definitions.map(print).join('\n')).toMatch(/^extend schema @link/)
})
