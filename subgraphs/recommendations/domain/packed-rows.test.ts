import { describe, expect, it } from 'vitest'

import { at, packRows, rowCountOf, rowOf, transposed } from './packed-rows.ts'
import { numberProducts, packBaskets } from './product-numbering.ts'

function unpacked(rows: ReturnType<typeof packRows>): number[][] {
  return Array.from({ length: rowCountOf(rows) }, (_, row) => [...rowOf(rows, row)])
}

describe('rows packed into flat arrays', () => {
  it('come out as they went in, the empty ones too', () => {
    const rows = [[3, 1], [], [2], []]
    expect(unpacked(packRows(rows))).toEqual(rows)
  })

  it('can be none', () => {
    expect(unpacked(packRows([]))).toEqual([])
  })

  it('are turned round: from products by basket to baskets by product', () => {
    const baskets = packRows([[0, 2], [2], [3, 0]])
    expect(unpacked(transposed(baskets, 5))).toEqual([[0, 2], [], [0, 1], [2], []])
  })

  it('have no element beyond their end', () => {
    expect(() => at(new Uint32Array(2), 2)).toThrow('no element 2 among 2')
    expect(() => rowOf(packRows([[1]]), 1)).toThrow(RangeError)
  })
})

describe('numbering products', () => {
  const numbering = numberProducts(['c', 'a', 'b', 'a'])

  it('numbers each once, in the order of their ids', () => {
    expect(numbering.count).toBe(3)
    expect(['a', 'b', 'c'].map(numbering.numberOf)).toEqual([0, 1, 2])
    expect([0, 1, 2].map(numbering.idOf)).toEqual(['a', 'b', 'c'])
  })

  it('knows no other product', () => {
    expect(numbering.numberOf('d')).toBeUndefined()
    expect(() => numbering.idOf(3)).toThrow('no product 3 among 3')
  })

  it('packs baskets with each product once, without those that have no number', () => {
    expect(unpacked(packBaskets([['b', 'b', 'd', 'a'], ['d']], numbering))).toEqual([[1, 0], []])
  })
})
