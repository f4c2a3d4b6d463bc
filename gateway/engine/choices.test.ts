import { describe, expect, it } from 'vitest'

import { byChoice } from './choices.ts'

const operation = (...conditionVariables: string[]) => ({ conditionVariables })
type Operation = ReturnType<typeof operation>

/** What it makes is the number of times that it has made something. */
function counting({ bytes = 100_000, size = 1_000 } = {}) {
  let made = 0
  const grown = new Map<number, (bytes: number) => void>()
  const of = byChoice({
    bytes,
    make(_operation: Operation, _values, grow) {
      made += 1
      grow(size)
      grown.set(made, grow)
      return made
    },
  })
  return { of, grown }
}

describe('what is made once for each choice', () => {
  it('is shared by all values of which no condition reads another', () => {
    const { of } = counting()
    const one = operation('a', 'b')
    expect([of(one, { a: true, other: 1 }), of(one, { a: true, b: false, other: 2 })]).toEqual([1, 1])
    expect([of(one, { b: true }), of(one, { a: true, b: true }), of(one, { a: true })]).toEqual([2, 3, 1])
  })

  it('is one operation’s own', () => {
    const { of } = counting()
    expect([of(operation('a'), {}), of(operation('a'), {})]).toEqual([1, 2])
  })

  it('has one room for all operations, of which what is asked for last stays', () => {
    const { of } = counting({ bytes: 10_000, size: 2_500 })
    const [often, rare, other] = [operation(), operation('a'), operation('a')]
    of(often, {})
    for (const one of [rare, other]) {
      for (const a of [true, false]) {
        of(one, { a })
        of(often, {})
      }
    }
    expect([of(often, {}), of(other, { a: false }), of(rare, { a: true })]).toEqual([1, 5, 6])
  })

  it('takes room as it grows', () => {
    const { of, grown } = counting({ bytes: 10_000 })
    const [first, second] = [operation(), operation()]
    of(first, {})
    of(second, {})
    grown.get(2)?.(7_000)
    expect([of(second, {}), of(first, {})]).toEqual([2, 3])
  })

  it('is made each time where there is no room for it, and nothing gives way to it', () => {
    const { of, grown } = counting({ bytes: 10_000 })
    const [small, large] = [operation(), operation()]
    of(small, {})
    of(large, {})
    grown.get(2)?.(20_000)
    grown.get(2)?.(20_000)
    expect([of(large, {}), of(small, {})]).toEqual([3, 1])
  })
})
