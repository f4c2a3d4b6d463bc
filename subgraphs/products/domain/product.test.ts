import { describe, expect, test } from 'vitest'

import { money } from '../../../platform/money.ts'
import {
  decide,
  evolve,
  freeSlug,
  imagesOf,
  newProduct,
  priceRange,
  sortName,
  type Product,
  type Variant,
} from './product.ts'

function variant(id: string, price: number): Variant {
  return { id, sku: id.toUpperCase(), name: id, price: money(price, 'GBP'), options: [], initialStock: 1 }
}

const mug: Product = newProduct({
  id: 'mug',
  slug: 'big-mug',
  name: 'Big Mug',
  description: 'For tea.',
  category: { slug: 'kitchen', name: 'Kitchen' },
  createdAt: new Date('2026-01-01'),
  variants: [variant('red', 300), variant('blue', 200), variant('gold', 900)],
})

describe('given a new product', () => {
  test('then it is on sale, in its first version', () => {
    expect(mug).toMatchObject({ status: 'ACTIVE', version: 1 })
  })
})

describe('when a price is set', () => {
  test('then that variant costs it, and the version grows', () => {
    const change = decide({ kind: 'SET_PRICE', variantId: 'blue', amount: 250 }, mug)
    expect(change).toEqual({ kind: 'PRICE_SET', variantId: 'blue', price: money(250, 'GBP') })
    const after = change && evolve(mug, change)
    expect(after?.variants.map(({ price }) => price.amount)).toEqual([300, 250, 900])
    expect(after?.version).toBe(2)
  })

  test('then the first variant changes as the others do', () => {
    const after = evolve(mug, { kind: 'PRICE_SET', variantId: 'red', price: money(1, 'GBP') })
    expect(after.variants.map(({ price }) => price.amount)).toEqual([1, 200, 900])
  })

  test('and it is that already, then nothing changes', () => {
    expect(decide({ kind: 'SET_PRICE', variantId: 'blue', amount: 200 }, mug)).toBeUndefined()
  })

  test('and the variant is another product’s, then nothing changes', () => {
    expect(decide({ kind: 'SET_PRICE', variantId: 'plate', amount: 1 }, mug)).toBeUndefined()
  })
})

describe('when a product is discontinued', () => {
  const gone = evolve(mug, { kind: 'DISCONTINUED' })

  test('then it is off sale, and the version grows', () => {
    expect(decide({ kind: 'DISCONTINUE' }, mug)).toEqual({ kind: 'DISCONTINUED' })
    expect(gone).toEqual({ ...mug, status: 'DISCONTINUED', version: 2 })
  })

  test('once more, then nothing changes', () => {
    expect(decide({ kind: 'DISCONTINUE' }, gone)).toBeUndefined()
  })
})

test('the price range goes from the cheapest variant to the dearest', () => {
  expect(priceRange(mug)).toEqual({ lowest: money(200, 'GBP'), highest: money(900, 'GBP') })
  expect(priceRange({ ...mug, variants: [variant('red', 300)] })).toEqual({
    lowest: money(300, 'GBP'),
    highest: money(300, 'GBP'),
  })
})

test('the image is named by category and product', () => {
  expect(imagesOf(mug)).toEqual([{ url: '/images/kitchen/big-mug.svg', alt: 'Big Mug' }])
})

test.each([
  ['Éclair', 'eclair'],
  ['ZEBRA crossing', 'zebra crossing'],
  ['Ｆｕｌｌ width', 'full width'],
])('%s is sorted as %s', (name, sorted) => {
  expect(sortName(name)).toBe(sorted)
})

test.each([
  [[], 'mug'],
  [['mug-2'], 'mug'],
  [['mug'], 'mug-2'],
  [['mug', 'mug-3'], 'mug-2'],
  [['mug-2', 'mug', 'mug-3'], 'mug-4'],
])('where %j are taken, the slug becomes %s', (taken, slug) => {
  expect(freeSlug('mug', taken)).toBe(slug)
})
