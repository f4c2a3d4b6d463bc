import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { connection, decodeCursor, encodeCursor, pageSize } from './page.ts'

const cursors = { list: 'things', position: z.object({ name: z.string(), id: z.string() }) }
const refused = expect.objectContaining({ code: 'INVALID_INPUT' })

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
    const page = (first: number) =>
      connection(rows, { list: 'things', first, totalCount: 9, positionOf: ({ id }) => id })
    expect(page(2)).toEqual({
      edges: [
        { cursor: encodeCursor('things', 'a'), node: { id: 'a' } },
        { cursor: encodeCursor('things', 'b'), node: { id: 'b' } },
      ],
      pageInfo: { hasNextPage: true, endCursor: encodeCursor('things', 'b') },
      totalCount: 9,
    })
    expect(page(3).pageInfo).toEqual({ hasNextPage: false, endCursor: encodeCursor('things', 'c') })
  })

  it('may be empty', () => {
    expect(connection([], { list: 'things', first: 5, totalCount: 0, positionOf: () => '' })).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: 0,
    })
  })
})

describe('a cursor', () => {
  it('comes back as the place it stands for', () => {
    const place = { name: 'Éclair “Grand” 🧺', id: '1' }
    expect(decodeCursor(cursors, encodeCursor('things', place))).toEqual(place)
    expect(encodeCursor('things', place)).toMatch(/^[\w-]+$/)
  })

  it.each([undefined, null, ''])('is left out by %j: the first page', (after) => {
    expect(decodeCursor(cursors, after)).toBeUndefined()
  })

  it.each([
    ['nonsense', 'nonsense'],
    ['no base64', '!!'],
    ['another position', encodeCursor('things', { name: 1, id: '1' })],
    ['no position', encodeCursor('things', null)],
    ['another list, whose positions look alike', encodeCursor('others', { name: 'a', id: '1' })],
    ['a position alone', Buffer.from('{"name":"a","id":"1"}').toString('base64url')],
  ])('that this list did not give out is refused: %s', (_what, after) => {
    expect(thrownBy(() => decodeCursor(cursors, after))).toEqual(refused)
  })
})
