import fc from 'fast-check'
import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLScalarType, GraphQLString } from 'graphql'
import { describe, expect, it } from 'vitest'

import { writingLeaf } from './leaves.ts'
import { createSink, drained, writeByte, writeString } from './sink.ts'

const anything = new GraphQLScalarType({ name: 'Anything' })

describe('what is written', () => {
  it.each([
    { type: GraphQLString, values: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' })) },
    { type: GraphQLInt, values: fc.integer() },
    { type: GraphQLFloat, values: fc.double() },
    { type: GraphQLBoolean, values: fc.boolean() },
    { type: GraphQLID, values: fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()) },
    { type: anything, values: fc.jsonValue() },
  ])('of $type is what JSON.stringify makes of it', ({ type, values }) => {
    const write = writingLeaf(type)
    fc.assert(
      fc.property(fc.array(values as fc.Arbitrary<unknown>), (list) => {
        const sink = createSink()
        expect(list.every((value) => write(value, sink))).toBe(true)
        expect(drained(sink).toString()).toBe(list.map((value) => JSON.stringify(value)).join(''))
      }),
    )
  })

  it('of halves of pairs is escaped, as JSON in UTF-8 must be', () => {
    const sink = createSink()
    writeString(sink, 'a\ud800b\udc00\ud83d\ude00')
    expect(drained(sink).toString()).toBe('"a\\ud800b\\udc00\u{1f600}"')
  })

  it.each([
    { type: GraphQLString, value: 1 },
    { type: GraphQLInt, value: 1.5 },
    { type: GraphQLInt, value: '1' },
    { type: GraphQLFloat, value: '1' },
    { type: GraphQLBoolean, value: 0 },
    { type: GraphQLID, value: 1.5 },
    { type: anything, value: undefined },
  ])('is nothing where $value is no $type', ({ type, value }) => {
    const sink = createSink()
    expect(writingLeaf(type)(value, sink)).toBe(false)
    expect(drained(sink)).toHaveLength(0)
  })
})

describe('a sink', () => {
  it('grows with what is written, and holds no more than usual afterwards', () => {
    const sink = createSink()
    const usual = sink.bytes.length
    const long = 'x'.repeat(100)
    for (let times = 0; times < 20_000; times += 1) writeString(sink, long)
    const taken = drained(sink)
    expect(taken.length).toBe(20_000 * 102)
    expect(taken.toString()).toBe(`"${long}"`.repeat(20_000))
    expect(sink.bytes.length).toBe(usual)
  })

  it('hands out what the next that is written does not touch', () => {
    const sink = createSink()
    writeByte(sink, 65)
    const taken = drained(sink)
    writeByte(sink, 66)
    expect([taken.toString(), drained(sink).toString()]).toEqual(['A', 'B'])
  })
})
