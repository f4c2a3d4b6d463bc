import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { productState } from '../../contracts/products.ts'
import type { Message, OutgoingMessage } from '../../platform/bus/message.ts'
import { newUuid } from '../../platform/ids.ts'
import { money } from '../../platform/money.ts'
import {
  decide,
  evolve,
  newProduct,
  type Category,
  type Product,
  type Variant,
} from '../../subgraphs/products/domain.ts'
import type { Criteria, Order, ProductStore, ProductToSave } from '../../subgraphs/products/store.ts'

/** One empty store of its own, and what it has been asked to say. */
export interface OpenedProductStore {
  readonly store: ProductStore
  /** What the store holds for the bus, in the order in which it will go out. */
  said(): Promise<Message[]>
  close(): Promise<void>
}

const toys: Category = { slug: 'toys', name: 'Toys' }
const lamps: Category = { slug: 'lamps', name: 'Lamps' }
const longAgo = Date.UTC(2020, 0, 1)

interface Sketch {
  readonly name?: string
  readonly slug?: string
  readonly category?: Category
  readonly prices?: readonly [number, ...number[]]
  readonly skus?: readonly string[]
  /** Days after the first of January 2020. */
  readonly day?: number
}

function variantOf(price: number, sku = `SKU-${newUuid()}`): Variant {
  const options = [{ name: 'Colour', value: 'Red' }]
  return { id: newUuid(), sku, name: 'One', price: money(price, 'GBP'), options, initialStock: 3 }
}

function sketch({ name = 'Thing', slug, category = toys, prices = [100], skus = [], day = 0 }: Sketch = {}): Product {
  const id = newUuid()
  const [first, ...others] = prices
  return newProduct({
    id,
    slug: slug ?? `thing-${id}`,
    name,
    description: 'What it is.\nWhat it is for.',
    category,
    createdAt: new Date(longAgo + day * 86_400_000),
    variants: [variantOf(first, skus[0]), ...others.map((price, index) => variantOf(price, skus[index + 1]))],
  })
}

function telling(product: Product): ProductToSave {
  const message: OutgoingMessage = {
    type: productState.type,
    stream: productState.stream,
    key: product.id,
    version: product.version,
    data: { name: product.name },
  }
  return { product, messages: [message] }
}

function repriced(product: Product, amount: number): Product {
  const change = decide({ kind: 'SET_PRICE', variantId: product.variants[0].id, amount }, product)
  if (change === undefined) throw new Error('the price is that already')
  return evolve(product, change)
}

/** What every store of products must do, whatever it is made of. */
export function productsStoreContract(name: string, open: () => Promise<OpenedProductStore>): void {
  /** Every group starts from a store with the two categories and nothing else. */
  function opened() {
    const held: { now?: OpenedProductStore } = {}
    beforeAll(async () => {
      held.now = await open()
      await held.now.store.saveCategories([toys, lamps])
    })
    afterAll(() => held.now?.close())
    return () => {
      if (held.now === undefined) throw new Error('the store is not open')
      return held.now
    }
  }

  describe(`${name}: a product`, () => {
    const current = opened()

    test('comes back whole, by id, slug, variant and SKU', async () => {
      const { store } = current()
      const product = sketch({ name: 'Éclair “Grand”', prices: [300, 100, 200], skus: ['E-1', 'E-2', 'E-3'] })
      expect(await store.save(telling(product), 0)).toBe('SAVED')
      expect(await store.byIds([newUuid(), product.id])).toEqual([product])
      expect(await store.bySlugs([product.slug])).toEqual([product])
      expect(await store.byVariantIds([product.variants[0].id, product.variants[0].id])).toEqual([product])
      expect(await store.bySkus(['E-3', 'E-1', 'nobody'])).toEqual([product])
    })

    test('that is unknown is left out', async () => {
      const { store } = current()
      expect(await store.byIds([])).toEqual([])
      expect(await store.byIds([newUuid()])).toEqual([])
      expect(await store.bySlugs(['no-such-slug'])).toEqual([])
      expect(await store.byVariantIds([newUuid()])).toEqual([])
      expect(await store.bySkus(['e-1'])).toEqual([])
    })

    test('is saved together with what is said of it', async () => {
      const { store, said } = current()
      const product = sketch()
      await store.save(telling(product), 0)
      const changed = repriced(product, 555)
      await store.save(telling(changed), 1)
      const told = (await said()).filter(({ subject }) => subject === product.id)
      expect(told.map(({ aggregateversion }) => aggregateversion)).toEqual([1, 2])
      expect(told.map(({ type }) => type)).toEqual([productState.type, productState.type])
      expect(await store.byIds([product.id])).toEqual([changed])
    })

    test('that somebody else has changed is not overwritten, and nothing is said', async () => {
      const { store, said } = current()
      const product = sketch()
      await store.save(telling(product), 0)
      const first = repriced(product, 111)
      expect(await store.save(telling(first), 1)).toBe('SAVED')
      expect(await store.save(telling(repriced(product, 222)), 1)).toBe('CHANGED_MEANWHILE')
      expect(await store.byIds([product.id])).toEqual([first])
      expect((await said()).filter(({ subject }) => subject === product.id)).toHaveLength(2)
    })

    test('is changed by one of many who try at once', async () => {
      const { store } = current()
      const product = sketch()
      await store.save(telling(product), 0)
      const tries = Array.from({ length: 8 }, (_, index) => store.save(telling(repriced(product, 500 + index)), 1))
      const results = await Promise.all(tries)
      expect(results.filter((result) => result === 'SAVED')).toHaveLength(1)
      expect(results.filter((result) => result === 'CHANGED_MEANWHILE')).toHaveLength(7)
    })

    test('is not created twice, nor changed before it is there', async () => {
      const { store } = current()
      const product = sketch()
      expect(await store.save(telling(product), 1)).toBe('CHANGED_MEANWHILE')
      expect(await store.save(telling(product), 0)).toBe('SAVED')
      expect(await store.save(telling(product), 0)).not.toBe('SAVED')
      expect(await store.byIds([product.id])).toEqual([product])
    })

    test('cannot have the slug or, in any case of its letters, the SKU of another', async () => {
      const { store, said } = current()
      await store.save(telling(sketch({ slug: 'taken', skus: ['Taken-1'] })), 0)
      const before = (await said()).length
      expect(await store.save(telling(sketch({ slug: 'taken' })), 0)).toBe('SLUG_TAKEN')
      expect(await store.save(telling(sketch({ skus: ['TAKEN-1'] })), 0)).toBe('SKU_TAKEN')
      expect(await said()).toHaveLength(before)
      expect(await store.skusInUse(['taken-1', 'free-1'])).toEqual(['taken-1'])
    })

    test('tells which slugs like its own are taken', async () => {
      const { store } = current()
      for (const slug of ['mug', 'mug-2', 'mugs']) await store.save(telling(sketch({ slug })), 0)
      expect((await store.slugsLike('mug')).toSorted()).toEqual(['mug', 'mug-2'])
      expect(await store.slugsLike('mu')).toEqual([])
    })
  })

  describe(`${name}: many products at once`, () => {
    const current = opened()

    test('are added with their messages; those that are known stay as they are', async () => {
      const { store, said } = current()
      const [known, ...fresh] = [sketch({ prices: [100, 200] }), sketch(), sketch()] as const
      await store.save(telling(known), 0)
      const changed = repriced(known, 999)
      await store.save(telling(changed), 1)
      expect(await store.insertMany([known, ...fresh].map(telling))).toBe(2)
      expect(await store.insertMany([known, ...fresh].map(telling))).toBe(0)
      expect(await store.insertMany([])).toBe(0)
      const [first, second] = fresh
      expect(await store.byIds([known.id, first.id, second.id])).toEqual([changed, first, second])
      const subjects = (await said()).map(({ subject }) => subject)
      expect(subjects).toEqual([known.id, known.id, first.id, second.id])
    })

    test('may be thousands', async () => {
      const { store } = current()
      const products = Array.from({ length: 3_000 }, () => telling(sketch({ category: lamps, prices: [100, 200] })))
      expect(await store.insertMany(products)).toBe(3_000)
      expect(await store.count({ category: 'lamps' })).toBe(3_000)
    })
  })

  describe(`${name}: categories`, () => {
    const current = opened()

    test('come in their order, with what is on sale counted', async () => {
      const { store } = current()
      const gone = sketch({ category: toys })
      await store.insertMany([sketch({ category: toys }), sketch({ category: toys }), gone].map(telling))
      await store.save(telling(evolve(gone, { kind: 'DISCONTINUED' })), 1)
      expect(await store.categories()).toEqual([
        { slug: 'toys', name: 'Toys', productCount: 2 },
        { slug: 'lamps', name: 'Lamps', productCount: 0 },
      ])
    })

    test('take a new name and order, in their products too', async () => {
      const { store } = current()
      const product = sketch({ category: toys })
      await store.save(telling(product), 0)
      await store.saveCategories([lamps, { slug: 'toys', name: 'Toys & Games' }])
      expect((await store.categories()).map((category) => category.name)).toEqual(['Lamps', 'Toys & Games'])
      const [renamed] = await store.byIds([product.id])
      expect(renamed?.category).toEqual({ slug: 'toys', name: 'Toys & Games' })
    })
  })

  describe(`${name}: stock`, () => {
    const current = opened()

    test('once heard of counts, whether it is any or none', async () => {
      const { store } = current()
      const [one, two] = [newUuid(), newUuid()]
      expect(await store.hasHeardStockOf([one])).toBe(false)
      await store.applyStock([{ variantId: one, available: 0, version: 1 }])
      expect(await store.hasHeardStockOf([one])).toBe(true)
      expect(await store.hasHeardStockOf([one, two])).toBe(false)
      expect(await store.hasHeardStockOf([])).toBe(true)
    })

    test('makes a product be in stock while one of its variants is', async () => {
      const { store } = current()
      const product = sketch({ prices: [100, 200] })
      await store.save(telling(product), 0)
      const [first, second] = product.variants.map(({ id }) => id)
      const listed = () => store.count({ ids: [product.id], inStockOnly: true })
      const hear = (variantId: string | undefined, available: number, version: number) =>
        store.applyStock([{ variantId: variantId ?? '', available, version }])
      expect(await listed()).toBe(0)
      await hear(first, 5, 1)
      expect(await listed()).toBe(1)
      await hear(second, 5, 1)
      await hear(first, 0, 2)
      expect(await listed()).toBe(1)
      await hear(second, 0, 2)
      expect(await listed()).toBe(0)
    })

    test('that is old news, or told again, changes nothing', async () => {
      const { store } = current()
      const product = sketch()
      await store.save(telling(product), 0)
      const level = { variantId: product.variants[0].id, available: 4, version: 7 }
      await store.applyStock([level])
      await store.applyStock([{ ...level, available: 0, version: 6 }])
      await store.applyStock([{ ...level, available: 0 }])
      expect(await store.count({ ids: [product.id], inStockOnly: true })).toBe(1)
    })

    test('of two variants heard by two readers at once leaves the product as both say', async () => {
      const { store } = current()
      const products = Array.from({ length: 10 }, () => sketch({ prices: [100, 200] }))
      await store.insertMany(products.map(telling))
      const levels = (at: number, available: number, version: number) =>
        products.map(({ variants }) => ({ variantId: variants[at]?.id ?? '', available, version }))
      await store.applyStock([...levels(0, 1, 1), ...levels(1, 1, 1)])
      await Promise.all([store.applyStock(levels(0, 0, 2)), store.applyStock(levels(1, 0, 2).toReversed())])
      expect(await store.count({ ids: products.map(({ id }) => id), inStockOnly: true })).toBe(0)
    })

    test('survives a change of the product', async () => {
      const { store } = current()
      const product = sketch()
      await store.save(telling(product), 0)
      await store.applyStock([{ variantId: product.variants[0].id, available: 4, version: 1 }])
      await store.save(telling(repriced(product, 999)), 1)
      expect(await store.count({ ids: [product.id], inStockOnly: true })).toBe(1)
    })
  })

  describe(`${name}: a list`, () => {
    const current = opened()
    const bear = sketch({ name: 'Bear', prices: [500, 900], day: 1 })
    const apple = sketch({ name: 'apple', prices: [300], day: 3 })
    const eclair = sketch({ name: 'Éclair', prices: [300], day: 2 })
    const lamp = sketch({ name: 'Lamp', category: lamps, prices: [1_500], day: 3 })
    const gone = sketch({ name: 'Gone', prices: [300] })
    const all = [bear, apple, eclair, lamp]
    beforeAll(async () => {
      const { store } = current()
      await store.insertMany([...all, gone].map(telling))
      await store.save(telling(evolve(gone, { kind: 'DISCONTINUED' })), 1)
      await store.applyStock([{ variantId: bear.variants[1]?.id ?? '', available: 2, version: 1 }])
      await store.applyStock([{ variantId: apple.variants[0].id, available: 0, version: 1 }])
    })

    const names = async (criteria: Criteria, order: Order = { by: 'NAME' }, first = 100) =>
      (await current().store.page({ criteria, order, first })).map((product) => product.name)

    test('is of what is on sale, whole, in each order', async () => {
      expect(await current().store.page({ criteria: {}, order: { by: 'NAME' }, first: 1 })).toEqual([apple])
      expect(await names({})).toEqual(['apple', 'Bear', 'Éclair', 'Lamp'])
      // Equal prices and days are ordered by id, and ids by the time they were made.
      expect(await names({}, { by: 'PRICE_LOW_TO_HIGH' })).toEqual(['apple', 'Éclair', 'Bear', 'Lamp'])
      expect(await names({}, { by: 'PRICE_HIGH_TO_LOW' })).toEqual(['Lamp', 'Bear', 'Éclair', 'apple'])
      expect(await names({}, { by: 'NEWEST' })).toEqual(['Lamp', 'apple', 'Éclair', 'Bear'])
    })

    test.each<[what: string, Criteria, expected: string[]]>([
      ['a category', { category: 'lamps' }, ['Lamp']],
      ['an unknown category', { category: 'no-such' }, []],
      ['a lowest price', { minPrice: 900 }, ['Bear', 'Lamp']],
      ['a highest price', { maxPrice: 300 }, ['apple', 'Éclair']],
      ['a range that one variant fits', { minPrice: 900, maxPrice: 1_000 }, ['Bear']],
      ['a range between two variants', { minPrice: 501, maxPrice: 899 }, []],
      ['a range that is one price', { minPrice: 300, maxPrice: 300 }, ['apple', 'Éclair']],
      ['a range that is empty', { minPrice: 301, maxPrice: 299 }, []],
      ['stock', { inStockOnly: true }, ['Bear']],
      ['stock and a price that only the other variant has', { inStockOnly: true, maxPrice: 500 }, ['Bear']],
      ['ids', { ids: [gone.id, lamp.id, bear.id, newUuid()] }, ['Bear', 'Lamp']],
      ['no ids', { ids: [] }, []],
      ['all at once', { ids: all.map(({ id }) => id), category: 'toys', minPrice: 1, inStockOnly: true }, ['Bear']],
    ])('is narrowed by %s, and counted so', async (_what, criteria, expected) => {
      expect(await names(criteria)).toEqual(expected)
      expect(await current().store.count(criteria)).toBe(expected.length)
    })

    test('by rank is in the order of its ids', async () => {
      const ids = [lamp, gone, apple, bear].map(({ id }) => id)
      expect(await names({ ids }, { by: 'RANK' })).toEqual(['Lamp', 'apple', 'Bear'])
      expect(await names({ ids }, { by: 'RANK', after: 1 })).toEqual(['apple', 'Bear'])
      expect(await names({ ids, maxPrice: 600 }, { by: 'RANK', after: 3 }, 1)).toEqual(['Bear'])
    })

    test('goes on after a place, also when that place is empty now', async () => {
      const after = { name: 'bear', id: bear.id }
      expect(await names({}, { by: 'NAME', after })).toEqual(['Éclair', 'Lamp'])
      expect(await names({}, { by: 'NAME', after: { name: 'cat', id: newUuid() } })).toEqual(['Éclair', 'Lamp'])
      const price = { price: 300, id: apple.id }
      expect(await names({}, { by: 'PRICE_LOW_TO_HIGH', after: price })).toEqual(['Éclair', 'Bear', 'Lamp'])
      expect(await names({}, { by: 'PRICE_HIGH_TO_LOW', after: { ...price, id: eclair.id } })).toEqual(['apple'])
      expect(await names({}, { by: 'NEWEST', after: { createdAt: lamp.createdAt, id: lamp.id } }, 2)).toEqual([
        'apple',
        'Éclair',
      ])
    })
  })
}
