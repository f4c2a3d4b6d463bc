import { describe, expect, test } from 'vitest'

import { productState } from '../../contracts/products.ts'
import { newUuid } from '../../platform/ids.ts'
import { evolve } from '../../subgraphs/products/domain/product.ts'
import { listContract } from './products-store-lists.ts'
import {
  lamps,
  openedBefore,
  repriced,
  sketch,
  toSave,
  toys,
  type OpenedProductStore,
} from './products-store-sketches.ts'

/** What every store of products must do, whatever it is made of. */
export function productsStoreContract(name: string, open: () => Promise<OpenedProductStore>): void {
  const opened = () => openedBefore(open)

  describe(`${name}: a product`, () => {
    const current = opened()

    test('comes back whole, by id, slug, variant and SKU', async () => {
      const { store } = current()
      const product = sketch({ name: 'Éclair “Grand”', prices: [300, 100, 200], skus: ['E-1', 'E-2', 'E-3'] })
      expect(await store.save(toSave(product), 0)).toBe('SAVED')
      expect(await store.byIds([newUuid(), product.id])).toEqual([product])
      expect(await store.bySlugs([product.slug])).toEqual([product])
      expect(await store.byVariantIds([product.variants[0].id, product.variants[0].id])).toEqual([product])
      expect(await store.bySkus(['e-3', 'E-1', 'nobody'])).toEqual([product])
    })

    test('is kept without what a caller has put there by chance', async () => {
      const { store } = current()
      const product = sketch()
      // As `categories` gives it.
      const category = { ...product.category, productCount: 3 }
      expect(await store.save(toSave({ ...product, category }), 0)).toBe('SAVED')
      expect(await store.byIds([product.id])).toEqual([product])
    })

    test('that is unknown is left out', async () => {
      const { store } = current()
      expect(await store.byIds([])).toEqual([])
      expect(await store.byIds([newUuid()])).toEqual([])
      expect(await store.bySlugs(['no-such-slug'])).toEqual([])
      expect(await store.byVariantIds([newUuid()])).toEqual([])
      expect(await store.bySkus(['e-9'])).toEqual([])
    })

    test('is saved together with what is published of it', async () => {
      const { store, published } = current()
      const product = sketch()
      await store.save(toSave(product), 0)
      const changed = repriced(product, 555)
      await store.save(toSave(changed), 1)
      const states = (await published()).filter(({ subject }) => subject === product.id)
      expect(states.map(({ aggregateversion }) => aggregateversion)).toEqual([1, 2])
      expect(states.map(({ type }) => type)).toEqual([productState.type, productState.type])
      expect(await store.byIds([product.id])).toEqual([changed])
    })

    test('that somebody else has changed is not overwritten, and nothing is published', async () => {
      const { store, published } = current()
      const product = sketch()
      await store.save(toSave(product), 0)
      const first = repriced(product, 111)
      expect(await store.save(toSave(first), 1)).toBe('SAVED')
      expect(await store.save(toSave(repriced(product, 222)), 1)).toBe('CHANGED_MEANWHILE')
      expect(await store.byIds([product.id])).toEqual([first])
      expect((await published()).filter(({ subject }) => subject === product.id)).toHaveLength(2)
    })

    test('is changed by one of many who try at once', async () => {
      const { store } = current()
      const product = sketch()
      await store.save(toSave(product), 0)
      const tries = Array.from({ length: 8 }, (_, index) => store.save(toSave(repriced(product, 500 + index)), 1))
      const results = await Promise.all(tries)
      expect(results.filter((result) => result === 'SAVED')).toHaveLength(1)
      expect(results.filter((result) => result === 'CHANGED_MEANWHILE')).toHaveLength(7)
    })

    test('is not created twice, nor changed before it is there', async () => {
      const { store } = current()
      const product = sketch()
      expect(await store.save(toSave(product), 1)).toBe('CHANGED_MEANWHILE')
      expect(await store.save(toSave(product), 0)).toBe('SAVED')
      expect(await store.save(toSave(product), 0)).not.toBe('SAVED')
      expect(await store.byIds([product.id])).toEqual([product])
    })

    test('cannot have the slug or, in any case of its letters, the SKU of another', async () => {
      const { store, published } = current()
      await store.save(toSave(sketch({ slug: 'taken', skus: ['Taken-1'] })), 0)
      const before = (await published()).length
      expect(await store.save(toSave(sketch({ slug: 'taken' })), 0)).toBe('SLUG_TAKEN')
      expect(await store.save(toSave(sketch({ skus: ['TAKEN-1'] })), 0)).toBe('SKU_TAKEN')
      expect(await published()).toHaveLength(before)
      expect(await store.skusInUse(['taken-1', 'free-1'])).toEqual(['taken-1'])
    })

    test('cannot have one SKU twice itself, in any case of its letters', async () => {
      const { store } = current()
      const product = sketch({ prices: [100, 200], skus: ['Twice-1', 'twice-1'] })
      expect(await store.save(toSave(product), 0)).toBe('SKU_TAKEN')
      await expect(store.insertMany([toSave(product)])).rejects.toThrow()
      expect(await store.byIds([product.id])).toEqual([])
    })

    test('among many that has the slug or the SKU of another is an error', async () => {
      const { store } = current()
      await store.save(toSave(sketch({ slug: 'mine', skus: ['Mine-1'] })), 0)
      await expect(store.insertMany([toSave(sketch({ slug: 'mine' }))])).rejects.toThrow()
      await expect(store.insertMany([toSave(sketch({ skus: ['mine-1'] }))])).rejects.toThrow()
    })

    test('reports which slugs like its own are taken', async () => {
      const { store } = current()
      for (const slug of ['mug', 'mug-2', 'mugs']) await store.save(toSave(sketch({ slug })), 0)
      expect((await store.slugsLike('mug')).toSorted()).toEqual(['mug', 'mug-2'])
      expect(await store.slugsLike('mu')).toEqual([])
    })
  })

  describe(`${name}: many products at once`, () => {
    const current = opened()

    test('are added with their messages; those that are known stay as they are', async () => {
      const { store, published } = current()
      const [known, ...fresh] = [sketch({ prices: [100, 200] }), sketch(), sketch()] as const
      await store.save(toSave(known), 0)
      const changed = repriced(known, 999)
      await store.save(toSave(changed), 1)
      expect(await store.insertMany([known, ...fresh].map(toSave))).toBe(2)
      expect(await store.insertMany([known, ...fresh].map(toSave))).toBe(0)
      expect(await store.insertMany([])).toBe(0)
      const [first, second] = fresh
      expect(await store.byIds([known.id, first.id, second.id])).toEqual([changed, first, second])
      const subjects = (await published()).map(({ subject }) => subject)
      expect(subjects).toEqual([known.id, known.id, first.id, second.id])
    })

    test('may be thousands', async () => {
      const { store } = current()
      const products = Array.from({ length: 3_000 }, () => toSave(sketch({ category: lamps, prices: [100, 200] })))
      expect(await store.insertMany(products)).toBe(3_000)
      expect(await store.count({ category: 'lamps' })).toBe(3_000)
    }, 120_000)
  })

  describe(`${name}: categories`, () => {
    const current = opened()

    test('come in their order, with what is on sale counted', async () => {
      const { store } = current()
      const gone = sketch({ category: toys })
      await store.insertMany([sketch({ category: toys }), sketch({ category: toys }), gone].map(toSave))
      await store.save(toSave(evolve(gone, { kind: 'DISCONTINUED' })), 1)
      expect(await store.categories()).toEqual([
        { slug: 'toys', name: 'Toys', productCount: 2 },
        { slug: 'lamps', name: 'Lamps', productCount: 0 },
      ])
    })

    test('take a new order, but no other name than their products have published', async () => {
      const { store } = current()
      const product = sketch({ category: toys })
      await store.save(toSave(product), 0)
      await store.saveCategories([lamps, { slug: 'toys', name: 'Toys & Games' }])
      expect((await store.categories()).map((category) => category.name)).toEqual(['Lamps', 'Toys'])
      const [kept] = await store.byIds([product.id])
      expect(kept?.category).toEqual(toys)
    })
  })

  describe(`${name}: stock`, () => {
    const current = opened()

    test('once it is known counts, whether it is any or none', async () => {
      const { store } = current()
      const [one, two] = [newUuid(), newUuid()]
      expect(await store.knowsStockOf([one])).toBe(false)
      await store.applyStock([{ variantId: one, available: 0, version: 1 }])
      expect(await store.knowsStockOf([one])).toBe(true)
      expect(await store.knowsStockOf([one, two])).toBe(false)
      expect(await store.knowsStockOf([])).toBe(true)
    })

    test('is there while one of the variants has units', async () => {
      const { store } = current()
      const [one, two] = [newUuid(), newUuid()]
      expect(await store.isInStock([one, two])).toBe(false)
      await store.applyStock([
        { variantId: one, available: 0, version: 1 },
        { variantId: two, available: 3, version: 1 },
      ])
      expect(await store.isInStock([one])).toBe(false)
      expect(await store.isInStock([one, two])).toBe(true)
      await store.applyStock([{ variantId: two, available: 0, version: 2 }])
      expect(await store.isInStock([one, two])).toBe(false)
    })

    test('makes a product be in stock while one of its variants is', async () => {
      const { store } = current()
      const product = sketch({ prices: [100, 200] })
      await store.save(toSave(product), 0)
      const [first, second] = product.variants.map(({ id }) => id)
      const listed = () => store.count({ ids: [product.id], inStockOnly: true })
      const apply = (variantId: string | undefined, available: number, version: number) =>
        store.applyStock([{ variantId: variantId ?? '', available, version }])
      expect(await listed()).toBe(0)
      await apply(first, 5, 1)
      expect(await listed()).toBe(1)
      await apply(second, 5, 1)
      await apply(first, 0, 2)
      expect(await listed()).toBe(1)
      await apply(second, 0, 2)
      expect(await listed()).toBe(0)
    })

    test.each(Array.from({ length: 10 }, (_, at) => at + 1))(
      'is known no sooner than lists go by it (%i)',
      async () => {
        const { store } = current()
        const product = sketch()
        await store.save(toSave(product), 0)
        const variantId = product.variants[0].id
        const listed = () => store.count({ ids: [product.id], inStockOnly: true })

        const filling = store.applyStock([{ variantId, available: 5, version: 1 }])
        while (!(await store.knowsStockOf([variantId]))) continue
        expect(await listed()).toBe(1)
        await filling

        const emptying = store.applyStock([{ variantId, available: 0, version: 2 }])
        while (await store.isInStock([variantId])) continue
        expect(await listed()).toBe(0)
        await emptying
      },
    )

    test('that is older, or comes again, changes nothing', async () => {
      const { store } = current()
      const product = sketch()
      await store.save(toSave(product), 0)
      const level = { variantId: product.variants[0].id, available: 4, version: 7 }
      await store.applyStock([level])
      await store.applyStock([{ ...level, available: 0, version: 6 }])
      await store.applyStock([{ ...level, available: 0 }])
      expect(await store.count({ ids: [product.id], inStockOnly: true })).toBe(1)
    })

    test('of two variants read by two readers at once leaves the product as both state', async () => {
      const { store } = current()
      const products = Array.from({ length: 10 }, () => sketch({ prices: [100, 200] }))
      await store.insertMany(products.map(toSave))
      const levels = (at: number, available: number, version: number) =>
        products.map(({ variants }) => ({ variantId: variants[at]?.id ?? '', available, version }))
      await store.applyStock([...levels(0, 1, 1), ...levels(1, 1, 1)])
      await Promise.all([store.applyStock(levels(0, 0, 2)), store.applyStock(levels(1, 0, 2).toReversed())])
      expect(await store.count({ ids: products.map(({ id }) => id), inStockOnly: true })).toBe(0)
    })

    test('survives a change of the product', async () => {
      const { store } = current()
      const product = sketch()
      await store.save(toSave(product), 0)
      await store.applyStock([{ variantId: product.variants[0].id, available: 4, version: 1 }])
      await store.save(toSave(repriced(product, 999)), 1)
      expect(await store.count({ ids: [product.id], inStockOnly: true })).toBe(1)
    })
  })

  listContract(name, open)
}
