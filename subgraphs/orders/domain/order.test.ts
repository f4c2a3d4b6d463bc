import { describe, expect, it } from 'vitest'

import { initialCheckout, type Checkout } from './checkout.ts'
import { orderNumber, orderNumberBytes } from './order-number.ts'
import { lineTotal, reasonOf, totalOf, type Order } from './order.ts'

const pounds = (amount: number) => ({ amount, currency: 'GBP' })

describe('the total of an order', () => {
  it('is the sum of its lines', () => {
    const lines = [
      { unitPrice: pounds(250), quantity: 2 },
      { unitPrice: pounds(199), quantity: 1 },
    ]
    expect(lines.map(lineTotal)).toEqual([pounds(500), pounds(199)])
    expect(totalOf(lines)).toEqual(pounds(699))
  })

  it('is not there without lines', () => {
    expect(() => totalOf([])).toThrow(TypeError)
  })
})

describe('the reason of an order', () => {
  const given = (checkout: Partial<Checkout>): Order => ({
    id: 'order',
    number: 'SK-0',
    userId: 'user',
    lines: [],
    total: pounds(0),
    shippingAddress: { recipient: 'A', line1: 'B', city: 'C', postcode: 'D', country: 'GB' },
    placedAt: new Date(0),
    updatedAt: new Date(0),
    cart: null,
    checkout: { ...initialCheckout, ...checkout },
    version: 1,
  })

  it('is known once it is rejected', () => {
    expect(reasonOf(given({ status: 'REJECTED', reason: 'OUT_OF_STOCK' }))).toBe('OUT_OF_STOCK')
  })

  it('is kept while stock and money are still being given back', () => {
    expect(reasonOf(given({ status: 'PENDING', reason: 'OUT_OF_STOCK' }))).toBeNull()
  })
})

describe('the number of an order', () => {
  it.each([
    ['SK-00000000', [0, 0, 0, 0, 0]],
    ['SK-00000001', [0, 0, 0, 0, 1]],
    ['SK-ZZZZZZZZ', [255, 255, 255, 255, 255]],
    ['SK-G0000000', [128, 0, 0, 0, 0]],
  ])('%s is 40 bits in eight characters', (number, bytes) => {
    expect(bytes).toHaveLength(orderNumberBytes)
    expect(orderNumber(Uint8Array.from(bytes))).toBe(number)
  })
})
