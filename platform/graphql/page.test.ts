import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { connection, decodeCursor, encodeCursor, pageSize } from './page.ts'

const position = z.object({ name: z.string(), id: z.string() })
const refused = expect.objectContaining({ code: 'BAD_USER_INPUT' })

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (thrown) {
    return thrown
  }
}

describe('a page', () => {
  it.each([1, 20, 100])('may be %i long', (first) => {
    expect(pageSize(first)).toBe(first)
  })

  it.each([0, -1, 101, Number.NaN])('may not be %d long', (first) => {
    expect(thrownBy(() => pageSize(first))).toEqual(refused)
  })

  it('says whether more follow, and where it ends', () => {
    const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    const page = (first: number) => connection(rows, { first, totalCount: 9, positionOf: ({ id }) => id })
    expect(page(2)).toEqual({
      edges: [
        { cursor: encodeCursor('a'), node: { id: 'a' } },
        { cursor: encodeCursor('b'), node: { id: 'b' } },
      ],
      pageInfo: { hasNextPage: true, endCursor: encodeCursor('b') },
      totalCount: 9,
    })
    expect(page(3).pageInfo).toEqual({ hasNextPage: false, endCursor: encodeCursor('c') })
  })

  it('may be empty', () => {
    expect(connection([], { first: 5, totalCount: 0, positionOf: () => '' })).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: 0,
    })
  })
})

describe('a cursor', () => {
  it('comes back as the place it stands for', () => {
    const place = { name: 'Éclair “Grand” 🧺', id: '1' }
    expect(decodeCursor(position, encodeCursor(place))).toEqual(place)
    expect(encodeCursor(place)).toMatch(/^[\w-]+$/)
  })

  it('may be left out', () => {
    expect(decodeCursor(position, undefined)).toBeUndefined()
    expect(decodeCursor(position, null)).toBeUndefined()
  })

  it.each(['', 'nonsense', '!!', encodeCursor('another list'), encodeCursor({ name: 1, id: '1' }), encodeCursor(null)])(
    'of another list is refused: %j',
    (after) => {
      expect(thrownBy(() => decodeCursor(position, after))).toEqual(refused)
    },
  )
})
