import { describe, expect, it } from 'vitest'

import { coPurchaseLists, namedLists, neighboursAt } from './co-purchase-lists.ts'
import { coPurchaseOptions, neighboursOf, shrunkCosine, type NeighbourList } from './co-purchase.ts'
import { packRows } from './packed-rows.ts'
import { numberProducts, packBaskets } from './product-numbering.ts'
import { bestFirst } from './ranking.ts'

const unshrunk = { similarity: shrunkCosine(0), limit: 50 }

/** Small numbers that look random and are the same at every run (Lehmer's generator). */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

function someBaskets(seed: number): number[][] {
  const next = chance(seed)
  return Array.from({ length: 60 }, () => [...new Set(Array.from({ length: 1 + next(6) }, () => next(20)))])
}

function countOf(baskets: readonly number[][], ...products: number[]): number {
  return baskets.filter((basket) => products.every((product) => basket.includes(product))).length
}

/** The definition, as slow as it is plain. */
function byDefinition(baskets: readonly number[][], product: number, limit: number): NeighbourList<number> {
  const others = Array.from({ length: 20 }, (_, other) => other).filter((other) => other !== product)
  const neighbours = others
    .map((other) => ({
      product: other,
      score: coPurchaseOptions.similarity(
        countOf(baskets, product, other),
        countOf(baskets, product),
        countOf(baskets, other),
      ),
      together: countOf(baskets, product, other),
      baskets: countOf(baskets, other),
    }))
    .filter(({ together }) => together > 0)
    .sort(bestFirst)
    .slice(0, limit)
  return { product, baskets: countOf(baskets, product), neighbours }
}

describe('the similarity of two products', () => {
  it('is the cosine where nothing is shrunk', () => {
    expect(shrunkCosine(0)(6, 9, 16)).toBe(0.5)
  })

  it('is the smaller, the fewer baskets speak for it', () => {
    const similarity = shrunkCosine(20)
    expect(similarity(20, 20, 20)).toBe(0.5)
    expect(similarity(1, 1, 1)).toBeCloseTo(1 / 21)
  })

  it('is the same from either side', () => {
    const similarity = shrunkCosine(20)
    expect(similarity(7, 11, 13)).toBe(similarity(7, 13, 11))
  })
})

describe('the lists of all products', () => {
  it('count the baskets with both, and put the closest first', () => {
    const baskets = packRows([[0, 1], [0, 1], [0, 2], [2], [3]])
    const lists = coPurchaseLists({ baskets, productCount: 5 }, unshrunk)
    expect(neighboursAt(lists, 0)).toEqual({
      product: 0,
      baskets: 3,
      neighbours: [
        { product: 1, score: 2 / Math.sqrt(6), together: 2, baskets: 2 },
        { product: 2, score: 1 / Math.sqrt(6), together: 1, baskets: 2 },
      ],
    })
    expect(neighboursAt(lists, 3)).toEqual({ product: 3, baskets: 1, neighbours: [] })
    expect(neighboursAt(lists, 4)).toEqual({ product: 4, baskets: 0, neighbours: [] })
  })

  it('break ties by product', () => {
    const lists = coPurchaseLists({ baskets: packRows([[3, 1, 2]]), productCount: 4 }, { ...unshrunk, limit: 1 })
    expect([1, 2, 3].map((product) => neighboursAt(lists, product).neighbours.map((each) => each.product))).toEqual([
      [2],
      [1],
      [1],
    ])
  })

  it('are read by the ids of the products', () => {
    const numbering = numberProducts(['tea', 'cup', 'pot'])
    const baskets = packBaskets([['tea', 'cup'], ['pot']], numbering)
    const lists = coPurchaseLists({ baskets, productCount: numbering.count })
    const score = coPurchaseOptions.similarity(1, 1, 1)
    expect([...namedLists(lists, numbering)]).toEqual([
      { product: 'cup', baskets: 1, neighbours: [{ product: 'tea', score, together: 1, baskets: 1 }] },
      { product: 'pot', baskets: 1, neighbours: [] },
      { product: 'tea', baskets: 1, neighbours: [{ product: 'cup', score, together: 1, baskets: 1 }] },
    ])
  })
})

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('given baskets of any kind (%i)', (seed) => {
  const baskets = someBaskets(seed)
  const options = { ...coPurchaseOptions, limit: 4 }
  const full = coPurchaseLists({ baskets: packRows(baskets), productCount: 20 }, options)
  const products = Array.from({ length: 20 }, (_, product) => product)

  it('the full build follows the definition', () => {
    const lists = products.map((product) => neighboursAt(full, product))
    expect(lists).toEqual(products.map((product) => byDefinition(baskets, product, 4)))
  })

  it('each list computed anew is that of the full build', () => {
    const basketCountOf = (product: number) => countOf(baskets, product)
    for (const product of products) {
      const holding = baskets.filter((basket) => basket.includes(product))
      expect(neighboursOf({ product, baskets: holding, basketCountOf }, options)).toEqual(neighboursAt(full, product))
    }
  })
})

describe('one list computed anew', () => {
  it('counts a product once a basket, and needs no full build', () => {
    const baskets = [
      ['tea', 'cup', 'cup'],
      ['tea', 'tea', 'cup'],
    ]
    const list = neighboursOf({ product: 'tea', baskets, basketCountOf: () => 2 })
    const score = coPurchaseOptions.similarity(2, 2, 2)
    expect(list).toEqual({
      product: 'tea',
      baskets: 2,
      neighbours: [{ product: 'cup', score, together: 2, baskets: 2 }],
    })
  })
})
