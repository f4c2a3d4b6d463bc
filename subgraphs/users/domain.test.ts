import { describe, expect, it } from 'vitest'

import { readCommonPasswords } from './passwords/common.ts'
import {
  decideRefresh,
  isDemoAccount,
  nextDefault,
  normalizePassword,
  passwordProblem,
  type Address,
  type TokenFamily,
} from './domain.ts'

const now = new Date('2026-03-01T12:00:00Z')
const family: TokenFamily = {
  id: 'family',
  userId: 'user',
  expiresAt: new Date('2026-03-02T12:00:00Z'),
  ended: false,
}

describe('a refresh token', () => {
  it('is exchanged while it is unused and its family lives', () => {
    expect(decideRefresh({ used: false, family }, now)).toEqual({ kind: 'ROTATE', family })
  })

  it('ends its family when it was used before', () => {
    expect(decideRefresh({ used: true, family }, now)).toEqual({ kind: 'END_FAMILY', family })
  })

  it('ends its family when it was used before, even after the family expired', () => {
    expect(decideRefresh({ used: true, family: { ...family, expiresAt: now } }, now).kind).toBe('END_FAMILY')
  })

  it('is refused when nobody knows it', () => {
    expect(decideRefresh(undefined, now)).toEqual({ kind: 'REFUSE' })
  })

  it.each([true, false])('is refused when its family has ended (used: %s)', (used) => {
    expect(decideRefresh({ used, family: { ...family, ended: true } }, now)).toEqual({ kind: 'REFUSE' })
  })

  it('is refused from the instant its family expires', () => {
    expect(decideRefresh({ used: false, family: { ...family, expiresAt: now } }, now)).toEqual({ kind: 'REFUSE' })
  })
})

describe('the default address', () => {
  const address: Address = {
    id: 'first',
    userId: 'user',
    recipient: 'Ada Lovelace',
    line1: '12 St James Square',
    city: 'London',
    postcode: 'SW1Y 4JH',
    country: 'GB',
    isDefault: true,
    createdAt: now,
  }
  const second = { ...address, id: 'second', isDefault: false }
  const third = { ...address, id: 'third', isDefault: false }

  it('passes to the oldest that remains', () => {
    expect(nextDefault(address, [second, third])).toBe(second)
  })

  it('stays when another one goes', () => {
    expect(nextDefault(second, [address, third])).toBeUndefined()
  })

  it('is none when none remains', () => {
    expect(nextDefault(address, [])).toBeUndefined()
  })
})

describe('a password', () => {
  const common = readCommonPasswords()

  it.each(['12345678', 'password', 'PassWord', 'p@ssw0rd', 'Password123!', 'qwertyuiop', 'L1verp00l!', 'summer2026'])(
    'is refused when it is common: %s',
    (password) => {
      expect(passwordProblem(password, common)).toContain('common')
    },
  )

  it.each(['a long walk home', 'souk-demo-shopper', 'tr0ub4dor&3', '83749218', 'summer in the city', 'ünïcödé-ß'])(
    'is taken when it is not: %s',
    (password) => {
      expect(passwordProblem(password, common)).toBeUndefined()
    },
  )

  it('has from 8 to 128 characters, a surrogate pair being one', () => {
    expect(passwordProblem('🦉'.repeat(7), common)).toContain('8')
    expect(passwordProblem('🦉'.repeat(8), common)).toBeUndefined()
    expect(passwordProblem('🦉'.repeat(128), common)).toBeUndefined()
    expect(passwordProblem('🦉'.repeat(129), common)).toContain('128')
  })

  it('is one however its accents are composed', () => {
    expect(normalizePassword('cafe\u0301 \u2163')).toBe(normalizePassword('caf\u00e9 IV'))
  })
})

describe('an account of the demonstration', () => {
  it('is told by its address', () => {
    expect(isDemoAccount('staff@souk.test')).toBe(true)
    expect(isDemoAccount('staff@souk.test.example')).toBe(false)
    expect(isDemoAccount('staff@notsouk.test')).toBe(false)
  })
})
