import { deepStrictEqual } from 'node:assert'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import fc from 'fast-check'
import {
  buildSchema,
  getNullableType,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'

import { defaultLimits } from '../config.ts'
import { clientError, RequestRefused } from '../http/client-error.ts'
import { registeredOperations } from '../registered-operations.ts'
import { createPlanner } from './apollo/planner.ts'
import { foreignSizes } from './limits/list-sizes.ts'
import { preparation } from './prepare/preparation.ts'
import type { PreparedOperation } from './prepare/prepared.ts'
import { coercing } from './variables.ts'

const { schema: shop } = createPlanner(readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'))
const clients = fileURLToPath(new URL('../../clients', import.meta.url))

/** Of all that a type may be. */
const various = buildSchema(`
  scalar Even
  enum Size { SMALL LARGE }
  input Range { from: Float = 0.5, to: Float! }
  input Filter { and: [Filter!], not: Filter, sizes: [Size!]! = [SMALL], range: Range = { to: 2 }, even: Even, id: ID }
  input One @oneOf { id: ID, range: Range }
  type Query { found(filter: Filter, filters: [[Filter]!], one: One, size: Size, evens: [Even!], id: ID!, yes: Boolean, text: String): Int }
`)
const even = various.getType('Even')
if (isScalarType(even)) {
  even.parseValue = (value) => {
    if (typeof value !== 'number' || value % 2 !== 0) throw new TypeError('That is odd.')
    // Nothing may be said of a value, too.
    return value === 4 ? undefined : value / 2
  }
}
const variously = `query Various(
  $filter: Filter = { sizes: [LARGE] }, $filters: [[Filter]!], $one: One, $size: Size = LARGE, $evens: [Even!] = [2], $id: ID!, $yes: Boolean = true,
  $text: String) {
  found(filter: $filter, filters: $filters, one: $one, size: $size, evens: $evens, id: $id, yes: $yes, text: $text)
  also: found(id: $id) @include(if: $yes)
}`

function prepared(schema: GraphQLSchema, text: string, name?: string): PreparedOperation {
  const rules = { schema, limits: defaultLimits, sizes: foreignSizes, production: false }
  return preparation(rules).prepare(text, name).prepared
}

const wrong = fc.oneof(
  fc.constantFrom<unknown[]>(null, '', 'SMALL', '__proto__', 0, -0, 4, 1.5, 2 ** 31, true, [], {}, [[]], { id: 'a' }),
  fc.jsonValue(),
)

interface Given {
  readonly name: string
  readonly type: GraphQLInputType
}

/** Mostly what is right. @param left how deep it may be */
function valueOf(type: GraphQLInputType, left: number): fc.Arbitrary<unknown> {
  const right = rightOf(getNullableType(type), left)
  const none = { weight: isNonNullType(type) ? 0 : 2, arbitrary: fc.constant(null) }
  return fc.oneof({ weight: 40, arbitrary: right }, none, { weight: 1, arbitrary: wrong })
}

function rightOf(type: GraphQLInputType, left: number): fc.Arbitrary<unknown> {
  if (left === 0) return fc.constant(null)
  if (isListType(type)) {
    const item = valueOf(type.ofType, left - 1)
    return fc.oneof({ weight: 8, arbitrary: fc.array(item, { maxLength: 2 }) }, item)
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
  if (isInputObjectType(type)) return objectOf(Object.values(type.getFields()), left - 1)
  const numbers = ['Int', 'Float', 'MinorUnits', 'Even']
  if ('name' in type && numbers.includes(type.name)) return fc.constantFrom(0, 2, 6, 100)
  return 'name' in type && type.name === 'Boolean' ? fc.boolean() : fc.constantFrom('one', '', 'é')
}

function objectOf(all: readonly Given[], left: number): fc.Arbitrary<Record<string, unknown>> {
  const members = all.map(({ name, type }) => {
    const value = valueOf(type, left).map((found) => [[name, found]])
    return fc.oneof({ weight: isNonNullType(type) ? 40 : 3, arbitrary: value }, fc.constant([]))
  })
  const more = fc.oneof(
    { weight: 40, arbitrary: fc.constant([]) },
    fc.constantFrom([['unknown', 1]], [['toString', 1]]),
  )
  return fc.tuple(...members, more).map((found) => Object.fromEntries(found.flat()) as Record<string, unknown>)
}

function variablesOf(schema: GraphQLSchema, { operation }: PreparedOperation): Given[] {
  return (operation.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node)
    return isInputType(type) ? [{ name: variable.name.value, type }] : []
  })
}

type Values = Readonly<Record<string, unknown>>

/** What graphql-js says, and what is refused beyond that. */
function expected(schema: GraphQLSchema, { operation, conditionVariables }: PreparedOperation, given: Values) {
  const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 5 })
  if (errors !== undefined) return { refused: errors.slice(0, 5).map(({ message }) => message) }
  const empty = conditionVariables.filter((name) => coerced[name] === null)
  if (empty.length === 0) return { values: coerced, order: JSON.stringify(coerced) }
  return { refused: empty.map((name) => `Variable "$${name}" must not be null: @skip or @include reads it.`) }
}

function found(coerce: ReturnType<typeof coercing>, operation: PreparedOperation, given: Values) {
  try {
    const values = coerce(operation, given)
    return { values, order: JSON.stringify(values) }
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused)) throw thrown
    return { refused: thrown.errors.map(({ message }) => message) }
  }
}

/** @returns how many of the values were taken, and how many refused */
function holds(schema: GraphQLSchema, operation: PreparedOperation, numRuns: number) {
  const coerce = coercing({ schema, production: false })
  const counts = { taken: 0, refused: 0 }
  const property = fc.property(objectOf(variablesOf(schema, operation), 3), (given) => {
    const outcome = found(coerce, operation, given)
    deepStrictEqual(outcome, shortened(expected(schema, operation, given)))
    counts[outcome.refused === undefined ? 'taken' : 'refused'] += 1
  })
  fc.assert(property, { numRuns })
  return counts
}

/** As a client is told: a message that repeats a long value ends early. */
function shortened(outcome: ReturnType<typeof expected>) {
  if (outcome.refused === undefined) return outcome
  return { refused: outcome.refused.map((message) => clientError('BAD_USER_INPUT', { message }).message) }
}

describe('the values of variables', () => {
  it('are those that graphql-js finds, and so is what is said of wrong ones: for all that clients have registered', async () => {
    const operations = await registeredOperations(clients, pino({ level: 'silent' }))
    expect(operations.length).toBeGreaterThan(30)
    const counts = operations.map(({ text, operationName }) => holds(shop, prepared(shop, text, operationName), 50))
    expect(counts.every(({ taken }) => taken > 0)).toBe(true)
    expect(counts.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(50)
  })

  it('are those that graphql-js finds, and so is what is said of wrong ones: for every kind of type', () => {
    const { taken, refused } = holds(various, prepared(various, variously), 1_000)
    expect([taken > 50, refused > 50]).toEqual([true, true])
  })
})
