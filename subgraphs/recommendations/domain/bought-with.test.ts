import { describe, expect, it } from 'vitest'

import { boughtWith } from './bought-with.ts'
import type { NeighbourList } from './co-purchase.ts'

type Scores = Record<string, number>

/** Lists with the scores that matter; 2 of 10 baskets in each case. */
function listsOf(scores: Record<string, Scores>): (member: string) => NeighbourList<string> | undefined {
  return (member) => {
    const own = scores[member]
    if (own === undefined) return undefined
    const neighbours = Object.entries(own).map(([product, score]) => ({ product, score, together: 2, baskets: 5 }))
    return { product: member, baskets: 10, neighbours }
  }
}

const nothing = () => false

describe('what is bought with a set of products', () => {
  it('is what its closest member is bought with, best first', () => {
    const listOf = listsOf({ tea: { cup: 0.2, pot: 0.4 }, milk: { cup: 0.5 } })
    const found = boughtWith({ members: ['tea', 'milk'], listOf, excluded: nothing, limit: 10 })
    expect(found).toEqual([
      { product: 'cup', score: 0.5, evidence: { member: 'milk', together: 2, baskets: 10 } },
      { product: 'pot', score: 0.4, evidence: { member: 'tea', together: 2, baskets: 10 } },
    ])
  })

  it('does not depend on the order of the members', () => {
    const listOf = listsOf({ tea: { cup: 0.2, pot: 0.4 }, milk: { cup: 0.5, jug: 0.4 }, rum: { cup: 0.5 } })
    const options = { listOf, excluded: nothing, limit: 10 }
    const found = boughtWith({ ...options, members: ['tea', 'milk', 'rum'] })
    expect(boughtWith({ ...options, members: ['rum', 'milk', 'tea', 'milk'] })).toEqual(found)
    expect(found.map(({ product, evidence }) => [product, evidence.member])).toEqual([
      ['cup', 'milk'],
      ['jug', 'milk'],
      ['pot', 'tea'],
    ])
  })

  it('is never in the set', () => {
    const listOf = listsOf({ tea: { cup: 0.2 }, cup: { tea: 0.2 } })
    expect(boughtWith({ members: ['tea', 'cup'], listOf, excluded: nothing, limit: 10 })).toEqual([])
  })

  it('is never what is excluded, and what is left moves up', () => {
    const listOf = listsOf({ tea: { cup: 0.5, pot: 0.4, jug: 0.3 } })
    const found = boughtWith({ members: ['tea'], listOf, excluded: (product) => product === 'cup', limit: 1 })
    expect(found.map(({ product }) => product)).toEqual(['pot'])
  })

  it('is nothing for products that no basket holds', () => {
    expect(boughtWith({ members: ['new'], listOf: listsOf({}), excluded: nothing, limit: 10 })).toEqual([])
  })
})
