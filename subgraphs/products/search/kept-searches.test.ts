import { beforeEach, describe, expect, it } from 'vitest'

import { keepSearches } from './kept-searches.ts'
import { createProductIndex, type IndexedProduct, type ProductIndex } from './product-index.ts'

function named(id: string, name: string): IndexedProduct {
  return { id, name, description: '', category: 'Bags', skus: [], options: [] }
}

let searched: string[]
let index: ProductIndex
beforeEach(() => {
  searched = []
  const inner = createProductIndex()
  index = keepSearches({
    put: (...given) => inner.put(...given),
    search(text, mode) {
      searched.push(text)
      return inner.search(text, mode)
    },
  })
  index.put('1', 1, named('1', 'Lunch bag'))
})

const found = (text: string) => index.search(text).hits.map(({ id }) => id)

describe('a search that is kept', () => {
  it('is made once for a text', () => {
    expect([found('lunch bag'), found('lunch bag')]).toEqual([['1'], ['1']])
    expect(searched).toEqual(['lunch bag'])
  })

  it('finds what came into the index since, and no longer what left it', () => {
    found('bag')
    index.put('2', 1, named('2', 'Beach bag'))
    expect(found('bag').sort()).toEqual(['1', '2'])
    index.put('1', 2, undefined)
    expect(found('bag')).toEqual(['2'])
  })

  it('is another in another mode', () => {
    expect(index.search('bag').mode).toBe('STRICT')
    expect(index.search('bag', 'ANY_WORD').mode).toBe('ANY_WORD')
  })
})
