import { describe, expect, it } from 'vitest'

import { normalizePassword, passwordProblem } from './password.ts'

describe('a password', () => {
  it('has from 8 to 128 characters, a surrogate pair being one', () => {
    expect(passwordProblem('🦉'.repeat(7))).toContain('8')
    expect(passwordProblem('🦉'.repeat(8))).toBeUndefined()
    expect(passwordProblem('🦉'.repeat(128))).toBeUndefined()
    expect(passwordProblem('🦉'.repeat(129))).toContain('128')
  })

  it.each([' ', '\u3000', '\u200b', '\u2800', '\u3164', '\t'])('is not %j and nothing else', (nothing) => {
    expect(passwordProblem(normalizePassword(nothing.repeat(8)))).toContain('seen')
  })

  it('holds no half of a character', () => {
    expect(passwordProblem('a long walk \ud83d')).toContain('half')
  })

  it('is one however its accents are composed', () => {
    expect(normalizePassword('cafe\u0301 \u2163')).toBe(normalizePassword('caf\u00e9 IV'))
  })
})
