import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { examined, operationIn } from './operation.ts'

const text = fc.constantFrom<unknown[]>(undefined, null, '', ' ', '{ a }', 'A', 1, [], {})
const variables = fc.oneof(
  fc.constantFrom<unknown[]>(undefined, null, {}, { a: [1] }, { constructor: 1 }, { constructor: {} }, [], 'a', 1),
  fc.constant(JSON.parse('{"__proto__":{"a":1},"b":2}')),
)
const persistedQuery = fc.constantFrom<unknown[]>(
  undefined,
  null,
  { version: 1, sha256Hash: 'a' },
  { version: 2 },
  [],
  1,
)
const extensions = fc.oneof(
  fc.constantFrom<unknown[]>(undefined, null, {}, [], 'a', { clientLibrary: { name: 'a' } }),
  fc.record({ persistedQuery }),
)
const given = fc.oneof(
  { weight: 20, arbitrary: fc.record({ query: text, operationName: text, variables, extensions }) },
  fc.jsonValue(),
)

function outcome(read: typeof examined, value: unknown): unknown {
  try {
    const { query, operationName, variables: values, extensions: more } = read(value)
    return { query, operationName, values: JSON.stringify(values), hash: more?.persistedQuery?.sha256Hash }
  } catch (thrown) {
    return { refused: String(thrown) }
  }
}

describe('an operation', () => {
  it('is taken or refused as the schema of it says, whatever is sent', () => {
    fc.assert(
      fc.property(given, (value) => {
        expect(outcome(operationIn, value)).toEqual(outcome(examined, value))
      }),
      { numRuns: 5_000 },
    )
  })
})
