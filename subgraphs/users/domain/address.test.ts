import { describe, expect, it } from 'vitest'

import { nextDefault, type Address } from './address.ts'

const now = new Date('2026-03-01T12:00:00Z')

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
