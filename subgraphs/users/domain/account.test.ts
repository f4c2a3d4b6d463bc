import { describe, expect, it } from 'vitest'

import { isDemoAccount } from './account.ts'

describe('an account of the demonstration', () => {
  it('is known by its address', () => {
    expect(isDemoAccount('staff@souk.test')).toBe(true)
    expect(isDemoAccount('staff@souk.test.example')).toBe(false)
    expect(isDemoAccount('staff@notsouk.test')).toBe(false)
  })
})
