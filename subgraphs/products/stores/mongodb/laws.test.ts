import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { stockState } from '../../../../contracts/inventory.ts'
import { productState } from '../../../../contracts/products.ts'
import { newUuid } from '../../../../platform/ids.ts'
import { differences, type Fact } from '../../../../platform/laws/facts.ts'
import type { MongoDatabase } from '../../../../platform/mongodb/database.ts'
import { documentOutboxFacts } from '../../../../platform/mongodb/messaging/outbox-laws.ts'
import { mongoProgram } from '../../../../scripts/servers/mongodb.ts'
import { createHarness, type Harness } from '../../../../tests/support/harness.ts'
import { stockMessage } from '../../../../tests/support/messages.ts'
import { dropMongoDatabase, mongoForTests } from '../../../../tests/support/mongodb.ts'
import { categories, product } from '../../../../tests/support/products.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { collections, type ProductDocument, type StockLevelDocument } from './documents.ts'
import { mongoProductsLaws } from './laws.ts'
import { mongoProductStores } from './stores.ts'

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()
  const mug = product('Mug', { prices: [300, 900] })
  const plate = product('Plate')
  let harness: Harness
  let database: MongoDatabase

  beforeAll(async () => {
    database = mongo.database()
    harness = await createHarness()
    const stores = { products: mongoProductStores(database) }
    const { importProducts } = await harness.add('products', { stores })
    await importProducts(categories, [mug, plate])
    const [variant] = mug.variants
    await harness.publish(stockState, stockMessage({ variantId: variant?.id ?? '', available: 3 }, 1))
    await harness.settled()
  })

  afterAll(async () => {
    await harness.stop()
    await dropMongoDatabase(database)
  })

  const products = () => database.collection<ProductDocument>(collections.products)
  const levels = () => database.collection<StockLevelDocument>(collections.stockLevels)

  /** Breaks the store, looks, and mends it. */
  async function planting<Seen>(plant: () => Promise<unknown>, look: () => Promise<Seen>): Promise<Seen> {
    const kept = [await products().find().toArray(), await levels().find().toArray()] as const
    await plant()
    try {
      return await look()
    } finally {
      await products().deleteMany({})
      await levels().deleteMany({})
      await products().insertMany(kept[0])
      await levels().insertMany(kept[1])
    }
  }

  async function stockViolations(): Promise<readonly string[]> {
    const verdicts = await Promise.all(mongoProductsLaws(database).laws.map((law) => law.check()))
    expect(verdicts.map(({ checked }) => checked)).toEqual([2])
    return verdicts.flatMap(({ violations }) => violations)
  }

  async function stateViolations(): Promise<string[]> {
    const { facts, read = (data) => data } = mongoProductsLaws(database).state
    const published = (await harness.published(productState)).map(
      ({ subject: key, aggregateversion: version, data }): Fact => {
        return { key, messageKey: key, fact: { version, data: read(data) } }
      },
    )
    expect(published).toHaveLength(2)
    return differences(await facts(), published)
  }

  async function stockModelViolations(): Promise<string[]> {
    const [model] = mongoProductsLaws(database).readModels
    const messages = await harness.published(stockState)
    const expected = messages.flatMap(({ subject: key, aggregateversion: version, data }) => {
      return model?.expected({ key, version, data }) ?? []
    })
    expect(expected).toHaveLength(1)
    return differences(expected, (await model?.found()) ?? [])
  }

  describe('the laws of products on MongoDB', () => {
    test('hold', async () => {
      expect(await stockViolations()).toEqual([])
      expect(await stateViolations()).toEqual([])
      expect(await stockModelViolations()).toEqual([])
    })

    test.each([
      ['listed', plate.id, `product ${plate.id} is listed as in stock`],
      ['not listed', mug.id, `product ${mug.id} is not listed as in stock`],
    ])('find a product that is %s as in stock, and should not be', async (_what, id, violation) => {
      const flip = () => products().updateOne({ _id: id }, [{ $set: { inStock: { $not: ['$inStock'] } } }])
      expect(await planting(flip, stockViolations)).toEqual([violation])
    })

    test.each<[what: string, () => Promise<unknown>]>([
      ['a price', () => products().updateOne({ _id: mug.id }, { $inc: { 'variants.0.price.amount': 1 } })],
      ['a version', () => products().updateOne({ _id: mug.id }, { $inc: { version: 1 } })],
      ['a name', () => products().updateOne({ _id: mug.id }, { $set: { name: 'Jug' } })],
      ['a product that is gone', () => products().deleteOne({ _id: mug.id })],
    ])('find %s that the bus has otherwise', async (_what, plant) => {
      expect(await planting(plant, stateViolations)).toEqual([expect.stringContaining(mug.id)])
    })

    test.each<[what: string, () => Promise<unknown>]>([
      ['other', () => levels().updateOne({}, { $inc: { available: 1 } })],
      ['missing', () => levels().deleteMany({})],
      ['invented', () => levels().insertOne({ _id: newUuid(), available: 1, version: 1 })],
    ])('find a level of stock that is %s', async (_what, plant) => {
      expect(await planting(plant, stockModelViolations)).toHaveLength(1)
    })

    test('find what is left in the outbox, and what is only on its way', async () => {
      // No relay looks here.
      const facts = documentOutboxFacts(database, 'others')
      const put = (id: string, age: number) => {
        const message = { id, type: 'test', subject: `key of ${id}`, time: new Date(Date.now() - age).toISOString() }
        return database.db.collection('others').insertOne({ outbox: [{ id, stream: 'log', message }] })
      }
      await put('fresh', 0)
      expect(await facts.late()).toEqual([])
      await put('stuck', 3_600_000)
      expect(await facts.late()).toEqual([{ id: 'stuck', type: 'test' }])
      expect(await facts.unpublished('test')).toEqual(new Set(['key of fresh', 'key of stuck']))
      expect(await facts.unpublished('other')).toEqual(new Set())
    })
  })
})
