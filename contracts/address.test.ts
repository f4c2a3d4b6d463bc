import { describe, expect, it } from 'vitest'

import { addressInput } from './address.ts'

const address = {
  recipient: ' Ada Lovelace ',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'SW1Y 4JH',
  country: 'GB',
}

function fieldRefused(wrong: Record<string, unknown>): string | undefined {
  return addressInput.safeParse({ ...address, ...wrong }).error?.issues[0]?.path.join('.')
}

describe('an address', () => {
  it('is written down in one way', () => {
    expect(addressInput.parse({ ...address, line2: '', country: 'gb', postcode: ' sw1y4jh ' })).toEqual({
      ...address,
      recipient: 'Ada Lovelace',
      line2: undefined,
    })
    expect(addressInput.parse({ ...address, line2: 'Flat 3' }).line2).toBe('Flat 3')
    expect(addressInput.parse({ ...address, line2: null }).line2).toBeUndefined()
  })

  it.each(['M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 0AX', 'EC1A 1BB', 'GIR 0AA'])(
    'may have the British postcode %s',
    (postcode) => {
      expect(addressInput.parse({ ...address, postcode: postcode.replace(' ', '') }).postcode).toBe(postcode)
    },
  )

  it.each(['12345', 'SW1Y', 'SW1Y 4J', 'QW1 1AA', 'SW1Y 4JC', 'SW1Y-4JH'])(
    'may not have the British %s',
    (postcode) => {
      expect(fieldRefused({ postcode })).toBe('postcode')
    },
  )

  it('may have another postcode elsewhere', () => {
    for (const postcode of ['10115', '75 001', '1000-205', 'D02 AF30']) {
      expect(fieldRefused({ country: 'DE', postcode })).toBeUndefined()
    }
    for (const postcode of ['', '1', '-1', '1234567890123', '10115!']) {
      expect(fieldRefused({ country: 'DE', postcode })).toBe('postcode')
    }
  })

  it.each([
    ['recipient', { recipient: ' ' }],
    ['recipient', { recipient: 'x'.repeat(101) }],
    ['line1', { line1: 'a\nb' }],
    ['line1', { line1: 'x'.repeat(121) }],
    ['line2', { line2: 'a\tb' }],
    ['line2', { line2: 'x'.repeat(121) }],
    ['city', { city: 'x'.repeat(81) }],
    ['country', { country: 'UK' }],
    ['country', { country: 'GBR' }],
  ])('is refused by the field that is wrong: %s', (field, wrong) => {
    expect(fieldRefused(wrong)).toBe(field)
  })
})
