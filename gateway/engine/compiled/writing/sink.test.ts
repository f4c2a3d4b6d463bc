import fc from 'fast-check'
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql'
import { describe, expect, it } from 'vitest'

import { isLost } from './holes.ts'
import { writingLeaf } from './leaves.ts'
import { createSink, drained, writeByte, writeString } from './sink.ts'

const color = new GraphQLEnumType({ name: 'Color', values: { RED: {}, constructor: {} } })
const anything = new GraphQLScalarType({ name: 'Anything' })

describe('what is written', () => {
  it.each([
    { type: GraphQLString, values: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' })) },
    { type: GraphQLInt, values: fc.integer() },
    { type: GraphQLFloat, values: fc.double() },
    { type: GraphQLBoolean, values: fc.boolean() },
    { type: GraphQLID, values: fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()) },
    { type: color, values: fc.constantFrom('RED', 'constructor') },
    { type: anything, values: fc.double() },
    { type: anything, values: fc.jsonValue().filter((value) => value !== null) },
  ])('of $type is what JSON.stringify makes of it', ({ type, values }) => {
    const write = writingLeaf(type)
    fc.assert(
      fc.property(fc.array(values as fc.Arbitrary<unknown>), (list) => {
        const sink = createSink()
        const end = list.reduce<number>((at, value) => write(sink, at, value), 0)
        expect(drained(sink, end).toString()).toBe(list.map((value) => JSON.stringify(value)).join(''))
      }),
    )
  })

  it('of halves of pairs is escaped, as JSON in UTF-8 must be', () => {
    const sink = createSink()
    const end = writeString(sink, 0, 'a\ud800b\udc00\ud83d\ude00')
    expect(drained(sink, end).toString()).toBe('"a\\ud800b\\udc00\u{1f600}"')
  })

  it.each([-0, 1e21, 1e-7, Number.NaN, Infinity, 999_999_999, 1_000_000_000, 2 ** 53, -(2 ** 31), 0.1])(
    'of %s is what JSON.stringify makes of it',
    (number) => {
      const sink = createSink()
      for (const type of [GraphQLFloat, anything]) {
        const end = writingLeaf(type)(sink, 0, number)
        expect(drained(sink, end).toString()).toBe(JSON.stringify(number))
      }
    },
  )

  it.each([
    { type: GraphQLString, value: 1 },
    { type: GraphQLInt, value: 1.5 },
    { type: GraphQLInt, value: '1' },
    { type: GraphQLFloat, value: '1' },
    { type: GraphQLBoolean, value: 0 },
    { type: GraphQLID, value: 1.5 },
    { type: anything, value: undefined },
    { type: anything, value: null },
    { type: color, value: 'GREEN' },
    { type: color, value: '__proto__' },
    { type: GraphQLInt, value: Number.NaN },
  ])('is nothing where $value is no $type', ({ type, value }) => {
    const sink = createSink()
    expect(writingLeaf(type)(sink, 0, value)).toBe(isLost)
    expect(sink.holes).toEqual([[]])
  })
})

describe('a sink', () => {
  it('grows with what is written, and holds no more than usual afterwards', () => {
    const sink = createSink()
    const usual = sink.bytes.length
    const long = 'x'.repeat(100)
    let end = 0
    for (let times = 0; times < 20_000; times += 1) end = writeString(sink, end, long)
    const taken = drained(sink, end)
    expect(taken.length).toBe(20_000 * 102)
    expect(taken.toString()).toBe(`"${long}"`.repeat(20_000))
    expect(sink.bytes.length).toBe(usual)
  })

  it('hands out what the next that is written does not touch', () => {
    const sink = createSink()
    const taken = drained(sink, writeByte(sink, 0, 65))
    expect([taken.toString(), drained(sink, writeByte(sink, 0, 66)).toString()]).toEqual(['A', 'B'])
  })
})
