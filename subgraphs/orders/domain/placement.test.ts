import { describe, expect, it } from 'vitest'

import { place, shownName, type KnownCart, type Offer } from './placement.ts'

const pounds = (amount: number) => ({ amount, currency: 'GBP' })

const mug: Offer = {
  variantId: 'mug',
  productId: 'mugs',
  name: 'Mug, Red',
  price: pounds(250),
  onSale: true,
  available: 10,
}
const bag: Offer = { ...mug, variantId: 'bag', productId: 'bags', name: 'Bag', price: pounds(199) }

function cartOf(...quantities: [string, number][]): KnownCart {
  const lines = quantities.map(([variantId, quantity], at) => ({ lineId: `line-${at}`, variantId, quantity }))
  return { cartId: 'cart', version: 7, lines }
}

const twoMugsAndABag = cartOf(['mug', 2], ['bag', 1])
const wish = { cartVersion: 7, expectedTotal: 699 }

describe('placing a cart', () => {
  it('prices each line as it is sold today', () => {
    const accepted = place(wish, twoMugsAndABag, [mug, bag])
    expect(accepted).toMatchObject({
      kind: 'ACCEPTED',
      cart: { cartId: 'cart', version: 7 },
      total: pounds(699),
      lines: [
        { cartLineId: 'line-0', variantId: 'mug', productId: 'mugs', name: 'Mug, Red', unitPrice: pounds(250) },
        { cartLineId: 'line-1', variantId: 'bag', quantity: 1, unitPrice: pounds(199) },
      ],
    })
  })

  it('refuses a cart in which nothing is, whatever else is wrong', () => {
    expect(place(wish, cartOf(), [])).toEqual({ kind: 'CART_EMPTY' })
    expect(place({ ...wish, cartVersion: 3 }, cartOf(), [])).toEqual({ kind: 'CART_EMPTY' })
    expect(place({ ...wish, cartVersion: 0 }, undefined, [])).toEqual({ kind: 'CART_EMPTY' })
  })

  it('refuses another cart than the shopper saw', () => {
    const newer = place({ ...wish, cartVersion: 6 }, twoMugsAndABag, [mug, bag])
    expect(newer).toEqual({ kind: 'CART_CHANGED' })
  })

  it.each([undefined, twoMugsAndABag, cartOf()])(
    'refuses a cart of which it does not know the newest version',
    (known) => {
      expect(place({ ...wish, cartVersion: 8 }, known, [mug, bag])).toEqual({ kind: 'CART_CHANGED' })
    },
  )

  it('refuses another total than the shopper saw', () => {
    expect(place({ ...wish, expectedTotal: 700 }, twoMugsAndABag, [mug, bag])).toEqual({
      kind: 'PRICE_CHANGED',
      expectedTotal: pounds(700),
      currentTotal: pounds(699),
    })
  })

  it('refuses more than there is, and names what is short', () => {
    const shortages = [{ variantId: 'mug', requested: 2, available: 1 }]
    expect(place(wish, twoMugsAndABag, [{ ...mug, available: 1 }, bag])).toEqual({ kind: 'OUT_OF_STOCK', shortages })
  })

  it('sells the last there is', () => {
    expect(place(wish, twoMugsAndABag, [{ ...mug, available: 2 }, bag])).toMatchObject({ kind: 'ACCEPTED' })
  })

  it('counts what is not sold, or not any more, as none left', () => {
    expect(place(wish, twoMugsAndABag, [{ ...mug, onSale: false }])).toEqual({
      kind: 'OUT_OF_STOCK',
      shortages: [
        { variantId: 'mug', requested: 2, available: 0 },
        { variantId: 'bag', requested: 1, available: 0 },
      ],
    })
  })

  it('leaves it to inventory to refuse what inventory has not published yet', () => {
    expect(place(wish, twoMugsAndABag, [{ ...mug, available: undefined }, bag])).toMatchObject({ kind: 'ACCEPTED' })
  })
})

describe('the name of an order line', () => {
  it('is the variant’s where that says all', () => {
    expect(shownName('Mug', 'Mug')).toBe('Mug')
    expect(shownName('Mug', 'Mug, Red')).toBe('Mug, Red')
  })

  it('says the product too where the variant’s does not', () => {
    expect(shownName('Mug', 'Red')).toBe('Mug, Red')
  })
})
