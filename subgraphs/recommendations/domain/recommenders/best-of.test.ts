import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bestFirst, type Scored } from '../ranking.ts'
import { bestOf } from './best-of.ts'

/** By the definition: all of them sorted. */
function sorted(scores: readonly number[], members: readonly number[], limit: number): Scored<number>[] {
  return scores
    .map((score, product) => ({ product, score }))
    .filter(({ product, score }) => score > 0 && !members.includes(product))
    .sort(bestFirst)
    .slice(0, limit)
}

describe('the best of all products', () => {
  it('are those that come first when all are sorted, whatever is equal', () => {
    const score = fc.oneof(fc.constantFrom(0, 1, 2, 2.5, Number.MIN_VALUE), fc.double({ min: 0, noNaN: true }))
    const given = fc.tuple(fc.array(score, { maxLength: 60 }), fc.array(fc.nat(70)), fc.nat(70))
    fc.assert(
      fc.property(given, ([scores, members, limit]) => {
        expect(bestOf(Float64Array.from(scores), { members, limit })).toEqual(sorted(scores, members, limit))
      }),
      { numRuns: 2_000 },
    )
  })

  it('are none that has no number for a score', () => {
    expect(bestOf(Float64Array.of(Number.NaN, 1, -1), { members: [], limit: 9 })).toEqual([{ product: 1, score: 1 }])
  })
})
