import { describe, expect, it } from 'vitest'

import { at, packRows, rowCountOf, rowOf } from './packed-rows.ts'

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

  it('have no element beyond their end', () => {
    expect(() => at(new Uint32Array(2), 2)).toThrow('no element 2 among 2')
    expect(() => rowOf(packRows([[1]]), 1)).toThrow(RangeError)
  })
})
