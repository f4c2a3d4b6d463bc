import { describe, expect, it } from 'vitest'

import { bestFirst, shortlist, type Scored } from './ranking.ts'

/** As many scores as candidates would be dull: ties are what has to be right. */
function candidates(count: number): Scored<number>[] {
  return Array.from({ length: count }, (_, place) => {
    const product = (place * 37) % count
    return { product, score: (product * 31) % 7 }
  })
}

describe('the order of a list', () => {
  it('is by score, then by product', () => {
    const listed = [
      { product: 'b', score: 1 },
      { product: 'c', score: 2 },
      { product: 'a', score: 1 },
    ].sort(bestFirst)
    expect(listed.map(({ product }) => product)).toEqual(['c', 'a', 'b'])
  })

  it('holds a product equal to itself', () => {
    expect(bestFirst({ product: 1, score: 1 }, { product: 1, score: 1 })).toBe(0)
  })
})

describe('a shortlist', () => {
  it.each([0, 1, 5, 50, 200])('of %i keeps what sorting all would put first', (limit) => {
    const all = candidates(101)
    const list = shortlist<Scored<number>>(limit)
    for (const candidate of all) list.offer(candidate)
    expect(list.best()).toEqual(all.toSorted(bestFirst).slice(0, limit))
  })

  it('takes anything until it is full, and then says what a newcomer needs', () => {
    const list = shortlist<Scored<number>>(2)
    list.offer({ product: 1, score: 5 })
    expect(list.threshold()).toBe(Number.NEGATIVE_INFINITY)
    list.offer({ product: 2, score: 3 })
    expect(list.threshold()).toBe(3)
    list.offer({ product: 3, score: 4 })
    expect(list.threshold()).toBe(4)
  })
})
