import { describe, expect, it } from 'vitest'

import { explain } from './explain.ts'
import { likenessTo } from './similar/likeness.ts'
import type { ComparedProduct } from './similar/similar.ts'

const bag: ComparedProduct = {
  id: 'a',
  name: 'Jumbo Bag Red Retrospot',
  category: { slug: 'bags', name: 'Bags & Travel' },
  price: { amount: 208, currency: 'GBP' },
}
const bags = { member: bag.name, together: 41, baskets: 120 }
const elsewhere = { slug: 'kitchen', name: 'Kitchen' }
const dear = { amount: 900, currency: 'GBP' }

function likeness(changes: Partial<ComparedProduct>): string | undefined {
  const found = likenessTo(bag)({ ...bag, id: 'b', ...changes })
  return found && explain({ reason: 'SIMILAR', likeness: found })
}

describe('the words for evidence from baskets', () => {
  it('say how many of the baskets held both', () => {
    expect(explain({ reason: 'BOUGHT_TOGETHER', ...bags })).toBe('In 41 of 120 baskets with Jumbo Bag Red Retrospot')
  })

  it('say that the member is in the cart, or was bought', () => {
    expect(explain({ reason: 'FITS_YOUR_CART', ...bags })).toBe(
      'In 41 of 120 baskets with Jumbo Bag Red Retrospot, which is in your cart',
    )
    expect(explain({ reason: 'BASED_ON_YOUR_ORDERS', ...bags })).toBe(
      'In 41 of 120 baskets with Jumbo Bag Red Retrospot, which you have bought',
    )
  })

  it('read well for a single basket, and for thousands', () => {
    expect(explain({ reason: 'BOUGHT_TOGETHER', member: 'Egg Cup', together: 1, baskets: 1 })).toBe(
      'In the only basket with Egg Cup',
    )
    expect(explain({ reason: 'BOUGHT_TOGETHER', member: 'Egg Cup', together: 1_041, baskets: 12_345 })).toBe(
      'In 1,041 of 12,345 baskets with Egg Cup',
    )
  })
})

describe('the words for what is popular', () => {
  it('say how many of the last baskets held it', () => {
    expect(explain({ reason: 'POPULAR', baskets: 312, ofBaskets: 2_000 })).toBe('In 312 of the last 2,000 baskets')
    expect(explain({ reason: 'POPULAR', baskets: 1, ofBaskets: 1 })).toBe('In the last basket')
  })
})

describe('the words for what is similar', () => {
  it('name the shared words as the recommended product has them, the category, and a price that is close', () => {
    expect(likeness({ name: 'Red Jumbo Bags' })).toBe(
      'Shares “Red”, “Jumbo” and “Bags”, is in Bags & Travel too and costs about the same',
    )
  })

  it('say nothing of a category or a price that differs', () => {
    expect(likeness({ name: 'Red Cup', category: elsewhere, price: dear })).toBe('Shares “Red”')
  })

  it('make do with the category', () => {
    expect(likeness({ name: 'Owl', price: dear })).toBe('Is in Bags & Travel too')
  })

  it('are not to be had where nothing is shared', () => {
    expect(likeness({ name: 'Owl', category: elsewhere })).toBeUndefined()
  })
})
