import { beforeAll, describe, expect, test } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import { evolve } from '../../subgraphs/products/domain/product.ts'
import type { Criteria, Sorting } from '../../subgraphs/products/stores/store.ts'
import { lamps, openedBefore, sketch, toSave, type OpenedProductStore } from './products-store-sketches.ts'

export function listContract(name: string, open: () => Promise<OpenedProductStore>): void {
  describe(`${name}: a list`, () => {
    const current = openedBefore(open)
    const bear = sketch({ name: 'Bear', prices: [500, 900], day: 1 })
    const apple = sketch({ name: 'apple', prices: [300], day: 3 })
    const eclair = sketch({ name: 'Éclair', prices: [300], day: 2 })
    const lamp = sketch({ name: 'Lamp', category: lamps, prices: [1_500], day: 3 })
    const gone = sketch({ name: 'Gone', prices: [300] })
    const all = [bear, apple, eclair, lamp]
    beforeAll(async () => {
      const { store } = current()
      await store.insertMany([...all, gone].map(toSave))
      await store.save(toSave(evolve(gone, { kind: 'DISCONTINUED' })), 1)
      await store.applyStock([{ variantId: bear.variants[1]?.id ?? '', available: 2, version: 1 }])
      await store.applyStock([{ variantId: apple.variants[0].id, available: 0, version: 1 }])
    })

    const names = async (criteria: Criteria, sorting: Sorting = { by: 'NAME' }, first = 100) =>
      (await current().store.page({ criteria, sorting, first })).map((product) => product.name)

    test('is of what is on sale, whole, in each order', async () => {
      expect(await current().store.page({ criteria: {}, sorting: { by: 'NAME' }, first: 1 })).toEqual([apple])
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
