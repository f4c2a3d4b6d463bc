import { describe, expect, it } from 'vitest'

import { numberProducts } from './product-numbering.ts'

describe('products by number', () => {
  it('keep their numbers, and a new one gets the next', () => {
    const numbering = numberProducts(['tea', 'cup', 'tea'])
    expect(numbering.ids()).toEqual(['tea', 'cup'])
    expect([numbering.numberOf('cup'), numbering.numberOf('pot')]).toEqual([1, undefined])
    expect([numbering.numberFor('cup'), numbering.numberFor('pot'), numbering.numberFor('pot')]).toEqual([1, 2, 2])
    expect([numbering.count(), numbering.idOf(2)]).toEqual([3, 'pot'])
  })

  it('are none beyond the last', () => {
    expect(() => numberProducts(['tea']).idOf(1)).toThrow('no product 1 among 1')
  })
})
