import { describe, expect, it } from 'vitest'

import { readCommonPasswords } from '../passwords/common.ts'
import { normalizePassword, passwordProblem } from './password.ts'

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
