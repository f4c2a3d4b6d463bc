import { describe, expect, it } from 'vitest'

import { addMoney, formatMoney, money, sumMoney, timesMoney } from './money.ts'

const pounds = (amount: number) => money(amount, 'GBP')

describe('money', () => {
  it('is a whole number of minor units, exact up to 2^53 - 1', () => {
    expect(pounds(Number.MAX_SAFE_INTEGER)).toEqual({ amount: 9_007_199_254_740_991, currency: 'GBP' })
    for (const amount of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => pounds(amount)).toThrow(RangeError)
    }
  })

  it('adds up, in one currency only, and never past what is exact', () => {
    expect(addMoney(pounds(10), pounds(-30))).toEqual(pounds(-20))
    expect(() => addMoney(pounds(1), money(1, 'EUR'))).toThrow('cannot add EUR to GBP')
    expect(() => addMoney(pounds(Number.MAX_SAFE_INTEGER), pounds(1))).toThrow(RangeError)
  })

  it('is multiplied by a quantity', () => {
    expect(timesMoney(pounds(1_999), 3)).toEqual(pounds(5_997))
    expect(() => timesMoney(pounds(1), 0.1)).toThrow(RangeError)
    expect(() => timesMoney(pounds(2 ** 52), 3)).toThrow(RangeError)
  })

  it('is summed, of nothing too', () => {
    expect(sumMoney([pounds(1), pounds(2), pounds(3)], 'GBP')).toEqual(pounds(6))
    expect(sumMoney([], 'EUR')).toEqual(money(0, 'EUR'))
    expect(() => sumMoney([pounds(1)], 'EUR')).toThrow('cannot add GBP to EUR')
  })

  it('is written for people', () => {
    expect([0, 5, 1_250, 123_456_789, -99].map((amount) => formatMoney(pounds(amount)))).toEqual([
      '£0.00',
      '£0.05',
      '£12.50',
      '£1,234,567.89',
      '-£0.99',
    ])
    expect(formatMoney(money(500, 'EUR'))).toBe('€5.00')
    expect(formatMoney(pounds(Number.MAX_SAFE_INTEGER))).toBe('£90,071,992,547,409.91')
  })

  it('is written in the minor units that its currency has', () => {
    expect(formatMoney(money(500, 'JPY'))).toBe('JP¥500')
    expect(formatMoney(money(1_234, 'KWD')).replace('\u00a0', ' ')).toBe('KWD 1.234')
  })
})
