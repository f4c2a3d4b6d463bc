import { describe, expect, it } from 'vitest'

import type { Scored } from '../ranking.ts'
import { diversified } from './diversity.ts'

const candidates = [
  { product: 'red bag', score: 10 },
  { product: 'blue bag', score: 9 },
  { product: 'tea cup', score: 8 },
]
const similarity = (one: Scored<string>, other: Scored<string>) =>
  one.product.slice(-3) === other.product.slice(-3) ? 1 : 0
const chosen = (relevance: number, limit = 3) =>
  diversified<Scored<string>>(candidates, { limit, relevance, similarity }).map(({ product }) => product)

describe('a list that is made diverse', () => {
  it('is in the order of the scores where only these count', () => {
    expect(chosen(1)).toEqual(['red bag', 'blue bag', 'tea cup'])
  })

  it('puts off what is like something that was chosen before', () => {
    expect(chosen(0.8)).toEqual(['red bag', 'tea cup', 'blue bag'])
    expect(chosen(0.8, 2)).toEqual(['red bag', 'tea cup'])
  })

  it('is nothing of nothing', () => {
    expect(diversified<Scored<string>>([], { limit: 3, relevance: 0.8, similarity })).toEqual([])
  })
})
