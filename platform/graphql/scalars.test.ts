import { parseValue } from 'graphql'
import { describe, expect, it } from 'vitest'

import { currencyCodeScalar, dateTimeScalar, minorUnitsScalar } from './scalars.ts'

describe('DateTime', () => {
  it('goes out as an instant in UTC, and comes in as one', () => {
    const noon = new Date('2026-01-31T12:00:00.000Z')
    expect(dateTimeScalar.serialize(noon)).toBe('2026-01-31T12:00:00.000Z')
    expect(dateTimeScalar.parseValue('2026-01-31T12:00:00Z')).toEqual(noon)
    expect(dateTimeScalar.parseLiteral(parseValue('"2026-01-31T12:00:00Z"'), {})).toEqual(noon)
  })

  it.each([
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00:00+01:00',
    '2026-02-30T12:00:00Z',
    'now',
    '',
    1,
    null,
  ])('is not %j', (value) => {
    expect(() => dateTimeScalar.parseValue(value)).toThrow('DateTime must be an ISO 8601 instant in UTC')
  })

  it('is nothing but a date on the way out, and a string in a query', () => {
    expect(() => dateTimeScalar.serialize('2026-01-31T12:00:00Z')).toThrow('must be resolved from a Date')
    expect(() => dateTimeScalar.serialize(new Date('never'))).toThrow()
    expect(() => dateTimeScalar.parseLiteral(parseValue('2026'), {})).toThrow('ISO 8601')
  })
})

describe('MinorUnits', () => {
  it.each([0, -5, 1_250, Number.MAX_SAFE_INTEGER])('may be %i', (amount) => {
    expect(minorUnitsScalar.serialize(amount)).toBe(amount)
    expect(minorUnitsScalar.parseValue(amount)).toBe(amount)
    expect(minorUnitsScalar.parseLiteral(parseValue(String(amount)), {})).toBe(amount)
  })

  it('has one zero', () => {
    expect(minorUnitsScalar.parseValue(-0)).toBe(0)
    expect(minorUnitsScalar.parseLiteral(parseValue('-0'), {})).toBe(0)
    expect(minorUnitsScalar.serialize(-0)).toBe(0)
  })

  it.each([0.5, 2 ** 53, Number.NaN, '5', null, true])('may not be %j', (amount) => {
    expect(() => minorUnitsScalar.serialize(amount)).toThrow('MinorUnits must be a whole number')
    expect(() => minorUnitsScalar.parseValue(amount)).toThrow('MinorUnits must be a whole number')
  })

  it.each(['0.5', '9007199254740993', '"5"', 'null', 'true'])('may not be %s in a query', (literal) => {
    expect(() => minorUnitsScalar.parseLiteral(parseValue(literal), {})).toThrow('MinorUnits must be a whole number')
  })
})

describe('CurrencyCode', () => {
  it('is three capitals', () => {
    expect(currencyCodeScalar.serialize('GBP')).toBe('GBP')
    expect(currencyCodeScalar.parseValue('EUR')).toBe('EUR')
    expect(currencyCodeScalar.parseLiteral(parseValue('"USD"'), {})).toBe('USD')
    expect(() => currencyCodeScalar.parseLiteral(parseValue('USD'), {})).toThrow('ISO 4217')
  })

  it.each(['gbp', 'GB', 'GBPS', '', 826])('is not %j', (code) => {
    expect(() => currencyCodeScalar.parseValue(code)).toThrow('CurrencyCode must be an ISO 4217 code')
  })
})
