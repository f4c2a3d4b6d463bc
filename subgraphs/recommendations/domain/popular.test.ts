import { describe, expect, it } from 'vitest'

import { popularProducts } from './popular.ts'

const options = { latest: 4, halvedAfter: 1, limit: 10 }

describe('what is popular', () => {
  it('is what lies in most of the latest baskets, with how many those are', () => {
    const baskets = [['old'], ['tea'], ['cup', 'tea'], ['tea'], ['cup']]
    expect(popularProducts(baskets, { ...options, halvedAfter: 1_000 })).toMatchObject([
      { product: 'tea', baskets: 3, ofBaskets: 4 },
      { product: 'cup', baskets: 2, ofBaskets: 4 },
    ])
  })

  it('counts the newest basket most', () => {
    const popular = popularProducts([['tea'], ['tea'], ['cup']], options)
    expect(popular).toEqual([
      { product: 'cup', score: 1, baskets: 1, ofBaskets: 3 },
      { product: 'tea', score: 0.75, baskets: 2, ofBaskets: 3 },
    ])
  })

  it('counts a product once a basket, and breaks ties by product', () => {
    const popular = popularProducts([['tea', 'tea', 'cup']], { ...options, limit: 2 })
    expect(popular.map(({ product, baskets }) => [product, baskets])).toEqual([
      ['cup', 1],
      ['tea', 1],
    ])
  })

  it('is nothing where nothing was bought', () => {
    expect(popularProducts([], options)).toEqual([])
  })
})
