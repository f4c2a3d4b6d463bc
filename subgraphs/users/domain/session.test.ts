import { describe, expect, it } from 'vitest'

import { decideRefresh, type TokenFamily } from './session.ts'

const now = new Date('2026-03-01T12:00:00Z')
const family: TokenFamily = {
  id: 'family',
  owner: { kind: 'user', userId: 'user' },
  successorKey: new Uint8Array(32),
  expiresAt: new Date('2026-03-02T12:00:00Z'),
  ended: false,
}
const expired = { ...family, expiresAt: now }

describe('a refresh token', () => {
  it('is exchanged while it is unused and its family lives', () => {
    expect(decideRefresh({ state: 'UNUSED', family }, now)).toEqual({ kind: 'ROTATE', family })
  })

  it('that has just been used is answered as it was the first time', () => {
    expect(decideRefresh({ state: 'JUST_USED', family }, now)).toEqual({ kind: 'REPEAT', family })
  })

  it('ends its family when it was used before', () => {
    expect(decideRefresh({ state: 'USED', family }, now)).toEqual({ kind: 'END_FAMILY', family })
  })

  it('ends its family when it was used before, even after the family expired', () => {
    expect(decideRefresh({ state: 'USED', family: expired }, now).kind).toBe('END_FAMILY')
  })

  it('is refused when nobody knows it', () => {
    expect(decideRefresh(undefined, now)).toEqual({ kind: 'REFUSE' })
  })

  it.each(['UNUSED', 'JUST_USED', 'USED'] as const)('is refused when its family has ended (%s)', (state) => {
    expect(decideRefresh({ state, family: { ...family, ended: true } }, now)).toEqual({ kind: 'REFUSE' })
  })

  it.each(['UNUSED', 'JUST_USED'] as const)('is refused from the instant its family expires (%s)', (state) => {
    expect(decideRefresh({ state, family: expired }, now)).toEqual({ kind: 'REFUSE' })
  })
})
