import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { productState } from '../../contracts/products.ts'
import type { MongoDatabase } from '../../platform/mongodb/database.ts'
import { outboxSize } from '../../platform/postgres/messaging/outbox-size.ts'
import {
  collections,
  type CategoryDocument,
  type ProductDocument,
} from '../../subgraphs/products/stores/mongodb/documents.ts'
import { mongoProductsLaws } from '../../subgraphs/products/stores/mongodb/laws.ts'
import { mongoProductStores } from '../../subgraphs/products/stores/mongodb/stores.ts'
import { openShop, product, staff, type Shop } from '../../subgraphs/products/testing/shop.ts'
import { dropMongoDatabase, mongoForTests } from '../../tests/support/mongodb.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { mongoProgram } from '../servers/mongodb.ts'
import { isAlike, move } from './move.ts'
import { productsBetween } from './products.ts'
import { isComplete, report } from './report.ts'

const setPrice = `mutation ($variantId: ID!, $amount: MinorUnits!) {
  setPrice(variantId: $variantId, amount: $amount) { __typename }
}`

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()
  const many = Array.from({ length: 700 }, (_, at) =>
    product(`Thing ${at}`, { prices: at % 5 === 0 ? [100, 90] : [70] }),
  )
  const [first] = many
  let shop: Shop
  let to: MongoDatabase

  beforeAll(async () => {
    shop = await openShop(many)
    for (const { variants } of many.slice(0, 20)) await shop.stock(variants[0]?.id, 3)
    await shop.harness.settled()
    to = mongo.database()
    await mongoProductStores(to).storage.open()
  })

  afterAll(async () => {
    await shop.stop()
    await dropMongoDatabase(to)
  })

  const movables = () => productsBetween(shop.harness.databaseOf('products'), to)

  async function reprice(amount: number): Promise<void> {
    const { errors } = await shop.ask(setPrice, { variantId: first?.variants[0]?.id, amount }, staff)
    expect(errors).toEqual([])
  }

  async function moved() {
    const said: string[] = []
    const comparisons = await move(movables(), (line) => said.push(line))
    await shop.harness.settled()
    return {
      said,
      subgraph: 'products',
      comparisons,
      unpublished: await outboxSize(shop.harness.databaseOf('products')),
    }
  }

  describe('products are moved while the shop serves', () => {
    test('whole, with what is changed and created meanwhile', async () => {
      const kitchen = [{ slug: 'kitchen', name: 'Kitchen' }]
      async function sell(): Promise<void> {
        for (let amount = 1_001; amount <= 1_005; amount += 1) {
          await reprice(amount)
          await shop.products.importProducts(kitchen, [product(`New ${amount}`)])
        }
      }
      await Promise.all([sell(), moved()])
      // As after a stop of the subgraph: what came after the last look of that move.
      const outcome = await moved()
      expect(outcome.comparisons.map(({ name, to: { count } }) => [name, count])).toEqual([
        ['categories', 3],
        ['products', 705],
        ['stock levels', 20],
      ])
      expect(isComplete(outcome)).toBe(true)
      expect(report(outcome)).toMatch(/products:\n {2}categories +alike +3 \(sha256 [0-9a-f]{12}\)/)
    })

    test('and again: there is nothing left to catch up with', async () => {
      expect((await moved()).said).toEqual(['copying'])
    })

    test('and lists, laws and stock are there as they were', async () => {
      const store = mongoProductStores(to).products
      const old = shop.anotherStore()
      for (const by of ['NAME', 'PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW', 'NEWEST'] as const) {
        const request = { criteria: { inStockOnly: by === 'NAME' }, sorting: { by }, first: 100 }
        expect(await store.page(request)).toEqual(await old.page(request))
      }
      expect(await store.count({ inStockOnly: true })).toBe(20)
      expect(await store.categories()).toEqual(await old.categories())
      for (const law of mongoProductsLaws(to).laws) expect((await law.check()).violations).toEqual([])
    })

    test('and what is other in the new store is reported, and is no success', async () => {
      const [, second] = many
      const products = to.collection<ProductDocument>(collections.products)
      const describe = (description: string) => products.updateOne({ _id: second?.id ?? '' }, { $set: { description } })
      await describe('Other.')
      const outcome = await moved()
      expect(outcome.comparisons.map(isAlike)).toEqual([true, false, true])
      expect(isComplete(outcome)).toBe(false)
      expect(report(outcome)).toMatch(/products +DIFFERENT +705 .* in the old store, 705 .* in the new one/)
      await describe(second?.description ?? '')
    })

    test('and what is in the new store alone is reported too', async () => {
      const categories = to.collection<CategoryDocument>(collections.categories)
      await categories.insertOne({ _id: 'surplus', name: 'Surplus', position: 9 })
      expect((await moved()).comparisons.map(isAlike)).toEqual([false, true, true])
      await categories.deleteOne({ _id: 'surplus' })
    })

    test('and what the old store has not published yet is no success', async () => {
      expect(isComplete({ ...(await moved()), unpublished: 1 })).toBe(false)
    })

    test('and what products then does goes on with the next version, in the same bus', async () => {
      const { harness } = shop
      expect((await moved()).comparisons.every(isAlike)).toBe(true)
      const published = async () =>
        (await harness.published(productState)).find(({ subject }) => subject === first?.id)?.aggregateversion ?? 0
      const before = await published()
      await harness.add('products', { as: 'products-moved', stores: { products: mongoProductStores(to) } })
      const variables = { variantId: first?.variants[0]?.id, amount: 77 }
      const { errors } = await harness.ask('products-moved', { query: setPrice, variables, viewer: staff })
      expect(errors).toEqual([])
      await harness.settled()
      expect(await published()).toBe(before + 1)
    })
  })
})
