import { describe, expect, it } from 'vitest'

import { addressInput, needsPostcode } from './address.ts'
import { countryCodes } from './countries.ts'

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

  it.each(['HK', 'AE', 'QA', 'IE', 'MO', 'AO', 'JM', 'GH', 'BS', 'FJ'])('needs no postcode in %s', (country) => {
    expect(addressInput.parse({ ...address, country, postcode: ' ' }).postcode).toBe('')
    expect(addressInput.parse({ ...address, country, postcode: '00000' }).postcode).toBe('00000')
    expect(fieldRefused({ country, postcode: '!' })).toBe('postcode')
  })

  it.each(['GB', 'DE', 'US', 'FR', 'JP', 'CN', 'IN', 'BR', 'SG', 'SA', 'NG', 'IM', 'PR', 'VA'])(
    'needs a postcode in %s',
    (country) => {
      const { error } = addressInput.safeParse({ ...address, country, postcode: '' })
      expect(error?.issues).toMatchObject([{ path: ['postcode'], message: 'The postcode is missing.' }])
    },
  )

  it('knows for every country whether it needs a postcode', () => {
    const without = [...countryCodes].filter((country) => !needsPostcode(country))
    expect(without.length).toBeGreaterThan(50)
    expect(without.length).toBeLessThan(90)
  })

  it('has its postcode in ASCII, however it was typed', () => {
    expect(
      addressInput.parse({ ...address, country: 'JP', postcode: '\uff11\uff10\uff10\uff0d\uff10\uff10\uff10\uff11' })
        .postcode,
    ).toBe('100-0001')
    expect(addressInput.parse({ ...address, country: 'PT', postcode: '1000\u2013205\u3000' }).postcode).toBe('1000-205')
  })

  it.each([
    ['recipient', { recipient: '\u200b' }],
    ['recipient', { recipient: '\u2800' }],
    ['recipient', { recipient: 'Ada\u202e' }],
    ['line1', { line1: '\u3164' }],
    ['line2', { line2: '\u200b' }],
    ['city', { city: '--' }],
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
