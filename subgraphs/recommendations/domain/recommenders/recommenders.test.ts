import { describe, expect, it } from 'vitest'

import { historyOf, type BasketHistory } from '../basket-history.ts'
import { closestMember } from '../closest-member.ts'
import { packRows } from '../packed-rows.ts'
import { basketNeighbours } from './basket-neighbours.ts'
import { fusionOf } from './fusion.ts'
import { popularity, popularityOptions, recentCount } from './popularity.ts'
import type { Recommender } from './recommender.ts'
import { shrunk, shrunkCosine } from './shrunk-cosine.ts'
import { withTrend } from './trend.ts'

const historyWith = (...baskets: number[][]) => historyOf(packRows(baskets), 10)
const productsOf = (recommender: Recommender, members: number[], limit = 9) =>
  recommender.recommend({ members, limit }).map(({ product }) => product)

describe('by shrunk cosine', () => {
  const history = historyWith([0, 1], [0, 1], [0, 2], [3, 2], [3, 2], [3, 2])

  it('a product scores what its closest member gives it, as by the definition', () => {
    expect(shrunkCosine(history).recommend({ members: [0, 3], limit: 9 })).toEqual([
      { product: 2, score: shrunk(3, 3, 4) },
      { product: 1, score: shrunk(2, 3, 2) },
    ])
    expect(shrunk(3, 3, 4)).toBeCloseTo((3 / Math.sqrt(12)) * (3 / 23))
  })

  it('one more basket counts at once', () => {
    const growing = historyWith([0, 1])
    const recommender = shrunkCosine(growing)
    growing.add([0, 2])
    growing.add([0, 2])
    expect(productsOf(recommender, [0])).toEqual([2, 1])
  })

  it('nothing is found for what no basket holds, and ties go to the lower number', () => {
    expect(productsOf(shrunkCosine(history), [9])).toEqual([])
    expect(productsOf(shrunkCosine(historyWith([5, 4, 6])), [5])).toEqual([4, 6])
    expect(productsOf(shrunkCosine(historyWith([5, 4, 6])), [5], 1)).toEqual([4])
  })
})

describe('by the baskets that are most alike', () => {
  it('these vote with their cosine, the rarer member weighing more', () => {
    const history = historyWith([0, 1, 2], [0, 3], [4, 5])
    const found = basketNeighbours(history).recommend({ members: [0, 1], limit: 9 })
    expect(found.map(({ product }) => product)).toEqual([2, 3])
    expect(found[0]?.score).toBeCloseTo((Math.log(1 + 3 / 2) + Math.log(1 + 3)) / Math.sqrt(2 * 3))
    expect(found[1]?.score).toBeCloseTo(Math.log(1 + 3 / 2) / Math.sqrt(2 * 2))
  })

  it('only the newest are compared, and only the most alike vote', () => {
    const history = historyWith([0, 1], [0, 2], [0, 3, 4])
    expect(productsOf(basketNeighbours(history, { newest: 2, neighbours: 9 }), [0])).toEqual([2, 3, 4])
    expect(productsOf(basketNeighbours(history, { newest: 9, neighbours: 1 }), [0])).toEqual([1])
    const likestLast = historyWith([0, 3, 4], [0, 1])
    expect(productsOf(basketNeighbours(likestLast, { newest: 9, neighbours: 1 }), [0])).toEqual([1])
  })

  it('nothing is found for what no basket holds, or for nothing', () => {
    const history = historyWith([0, 1])
    expect(productsOf(basketNeighbours(history), [7])).toEqual([])
    expect(productsOf(basketNeighbours(history), [])).toEqual([])
  })
})

describe('by popularity', () => {
  it('the newest baskets count most, whatever the members are', () => {
    const history = historyWith([0], [0], [0], [1], [1])
    expect(productsOf(popularity(history), [])).toEqual([0, 1])
    expect(productsOf(popularity(history, { newest: 9, halvedAfter: 1 }), [])).toEqual([1, 0])
    expect(productsOf(popularity(history, { newest: 2, halvedAfter: 9 }), [])).toEqual([1])
    expect(productsOf(popularity(history), [0])).toEqual([1])
  })

  it('is told by counts of the same baskets', () => {
    const few = historyWith([0], [0, 1], [2])
    expect(recentCount(few, 0)).toEqual({ baskets: 2, ofBaskets: 3 })
    const many = historyWith([0], ...Array.from({ length: popularityOptions.newest }, () => [1]))
    expect(recentCount(many, 0)).toEqual({ baskets: 0, ofBaskets: popularityOptions.newest })
  })
})

/** What has gone wrong in others: no number for what was never bought, oneself, the same twice, more than was asked for. */
describe.each([
  ['shrunk cosine', shrunkCosine],
  ['the baskets that are most alike', basketNeighbours],
  ['popularity', popularity],
  ['cosine and trend', (history: BasketHistory) => withTrend(shrunkCosine(history), history)],
  ['fusion', (history: BasketHistory) => fusionOf(shrunkCosine(history), basketNeighbours(history))],
])('by %s', (_name, recommenderOf) => {
  const everything = Array.from({ length: 500 }, (_none, product) => product)
  const history = historyOf(packRows([[], [0], [0, 1], [0, 1], everything, []]), 510)

  it.each([
    ['nothing', []],
    ['what nobody has bought', [509]],
    ['one', [0]],
    ['one that is named twice', [0, 0, 1]],
    ['very many', everything.slice(0, 400)],
  ])('%s as members gives numbers, each product once, no member, and no more than is asked for', (_which, members) => {
    const found = recommenderOf(history).recommend({ members, limit: 10 })
    const products = found.map(({ product }) => product)
    expect(found.every(({ score }) => Number.isFinite(score) && score > 0)).toBe(true)
    expect(new Set(products).size).toBe(products.length)
    expect(products.filter((product) => members.includes(product))).toEqual([])
    expect(products.length).toBeLessThanOrEqual(10)
  })
})

describe('with the trend', () => {
  it('what is bought more than it used to be overtakes what goes together as often', () => {
    const old = Array.from({ length: 2_000 }, () => [0, 1])
    const history = historyWith(...old, ...Array.from({ length: 2_000 }, () => [0, 2]))
    const steady = shrunkCosine(history)
    expect(productsOf(steady, [0])).toEqual([1, 2])
    const rising = withTrend(steady, history)
    expect(rising.algorithm).toBe('shrunk-cosine + trend')
    expect(productsOf(rising, [0])).toEqual([2, 1])
    expect(productsOf(rising, [0], 1)).toEqual([2])
    expect(productsOf(withTrend(steady, historyWith()), [])).toEqual([])
  })
})

describe('two lists become one', () => {
  const listing = (algorithm: string, ...scores: [number, number][]): Recommender => ({
    algorithm,
    recommend: () => scores.map(([product, score]) => ({ product, score })),
  })

  it('by the shares of the best in both, whatever the scores are', () => {
    const fused = fusionOf(
      listing('one', [1, 8], [2, 6], [3, 4]),
      listing('other', [3, 0.2], [1, 0.05]),
      listing('none'),
    )
    expect(fused.algorithm).toBe('one + other + none')
    expect(fused.recommend({ members: [], limit: 2 })).toEqual([
      { product: 3, score: 4 / 8 + 1 },
      { product: 1, score: 1 + 0.05 / 0.2 },
    ])
  })
})

describe('what is shown as the reason', () => {
  const history = historyWith([0, 1], [0, 1], [0, 2], [3, 2], [3, 2], [3, 2])

  it('is the closest member, with what was counted', () => {
    const { evidenceFor, hasEvidence } = closestMember(history, [0, 3])
    expect(evidenceFor(2)).toEqual({ member: 3, together: 3, baskets: 3 })
    expect(evidenceFor(1)).toEqual({ member: 0, together: 2, baskets: 3 })
    expect([1, 2].map(hasEvidence)).toEqual([true, true])
  })

  it('is nothing where no basket holds both', () => {
    const { evidenceFor, hasEvidence } = closestMember(history, [3])
    expect(evidenceFor(1)).toBeUndefined()
    expect(hasEvidence(1)).toBe(false)
  })

  it('leaves out baskets that came while it was looked for', () => {
    const growing = historyWith([0, 1], [0, 2])
    const { evidenceFor, hasEvidence } = closestMember(growing, [0])
    growing.add([0, 1])
    growing.add([0, 3])
    expect(evidenceFor(1)).toMatchObject({ member: 0, together: 1 })
    expect([1, 3].map(hasEvidence)).toEqual([true, false])
    expect(evidenceFor(3)).toBeUndefined()
  })

  it('is counted right for more members than a number has bits', () => {
    const members = Array.from({ length: 70 }, (_none, member) => member)
    const product = members.length
    // Each member is in one basket more than the one before it, and always with the product.
    const baskets = members.flatMap((member) => Array.from({ length: member + 1 }, () => [member, product]))
    const { evidenceFor } = closestMember(historyOf(packRows(baskets), product + 1), members)
    expect(evidenceFor(product)).toEqual({ member: 69, together: 70, baskets: 70 })
    for (const last of [0, 31, 32, 63, 64]) {
      const some = closestMember(historyOf(packRows(baskets), product + 1), members.slice(0, last + 1))
      expect(some.hasEvidence(product)).toBe(true)
      expect(some.evidenceFor(product)).toEqual({ member: last, together: last + 1, baskets: last + 1 })
    }
  })
})
