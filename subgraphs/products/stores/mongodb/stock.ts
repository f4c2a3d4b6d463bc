import { MongoServerError, type AnyBulkWriteOperation, type Collection, type Document } from 'mongodb'

import { longTimeout, type MongoDatabase } from '../../../../platform/mongodb/database.ts'
import { answered } from '../../../../platform/mongodb/unavailable.ts'
import type { KnownStock, ProductStore } from '../store.ts'
import { collections, type Level, type ProductDocument, type StockLevelDocument } from './documents.ts'

type Stock = Pick<ProductStore, 'applyStock' | 'knowsStockOf' | 'isInStock'>

/** @param stockChanged is called when levels have been taken in */
export function stock(database: MongoDatabase, stockChanged: () => void): Stock {
  const levels = database.collection<StockLevelDocument>(collections.stockLevels)
  const levelsListed = listedLevels(database)
  return {
    applyStock: (published) =>
      answered(async () => {
        if (published.length === 0) return
        await keepLevels(levels, published)
        await markProducts(database, published)
        stockChanged()
      }),

    knowsStockOf: (variantIds) =>
      answered(async () => {
        const asked = [...new Set(variantIds)]
        if ((await levels.countDocuments({ _id: { $in: asked } })) < asked.length) return false
        return (await levelsListed(asked)).every((level) => level !== undefined)
      }),

    isInStock: (variantIds) =>
      answered(async () => {
        const found = await levels
          .find({ _id: { $in: [...variantIds] }, available: { $gt: 0 } })
          .limit(1)
          .toArray()
        return found.length > 0 || (await levelsListed(variantIds)).some((level) => (level?.available ?? 0) > 0)
      }),
  }
}

/**
 * What the products of these variants have of their stock, which is what lists go by: a moment later than the level of
 * the variant itself. Whoever waits for a level waits until lists show it.
 */
function listedLevels(database: MongoDatabase): (variantIds: readonly string[]) => Promise<(Level | undefined)[]> {
  const products = database.collection<ProductDocument>(collections.products)
  return async (variantIds) => {
    const asked = new Set(variantIds)
    const found = await products
      .find({ 'variants.id': { $in: [...asked] } })
      .project<Pick<ProductDocument, 'variants' | 'stock'>>({ 'variants.id': 1, stock: 1 })
      .toArray()
    return found.flatMap(({ variants, stock: listed }) =>
      variants.filter(({ id }) => asked.has(id)).map(({ id }) => listed[id]),
    )
  }
}

/**
 * For products that come after the stock of their variants. The level of a variant is kept before its product is looked
 * for, and is looked for here after the product is there: whoever is second brings them together.
 */
export async function takeInKnownLevels(database: MongoDatabase, variantIds: readonly string[]): Promise<void> {
  const known = await database
    .collection<StockLevelDocument>(collections.stockLevels)
    .find({ _id: { $in: [...variantIds] } }, { timeoutMS: longTimeout })
    .toArray()
  const levels = known.map(({ _id: variantId, ...level }) => ({ variantId, ...level }))
  if (levels.length > 0) await markProducts(database, levels)
}

/**
 * For a move, where nothing else writes: products are marked first, so that a level that is kept is in its product too. A
 * repetition after a crash then finds what is left to do.
 */
export async function takeLevels(database: MongoDatabase, levels: readonly KnownStock[]): Promise<void> {
  if (levels.length === 0) return
  await markProducts(database, levels)
  await keepLevels(database.collection<StockLevelDocument>(collections.stockLevels), levels)
}

const isNewer = (version: string, than: number) => ({ $gte: [version, than] })

/** A level that is not newer than the known one changes nothing, in whatever order they come. */
async function keepLevels(levels: Collection<StockLevelDocument>, published: readonly KnownStock[]): Promise<void> {
  const upserts = published.map(({ variantId, ...level }): AnyBulkWriteOperation<StockLevelDocument> => ({
    updateOne: {
      filter: { _id: variantId },
      update: [
        { $replaceWith: { $cond: [isNewer('$version', level.version), '$$ROOT', { _id: variantId, ...level }] } },
      ],
      upsert: true,
    },
  }))
  const write = () => levels.bulkWrite(upserts, { ordered: false, timeoutMS: longTimeout })
  // Two who insert the same at once: one is refused, and then finds it there.
  await write().catch((thrown: unknown) => {
    if (!(thrown instanceof MongoServerError && thrown.code === duplicateKey)) throw thrown
    return write()
  })
}

const duplicateKey = 11_000

/** A product takes the level of one variant in one atomic step, so that concurrent updates of two variants both count. */
async function markProducts(database: MongoDatabase, published: readonly KnownStock[]): Promise<void> {
  await database.collection<ProductDocument>(collections.products).bulkWrite(
    published.map(({ variantId, ...level }) => ({
      updateOne: { filter: { 'variants.id': variantId }, update: [levelStage(variantId, level), inStockStage] },
    })),
    { ordered: false, timeoutMS: longTimeout },
  )
}

function levelStage(variantId: string, level: Omit<KnownStock, 'variantId'>): Document {
  const field = `stock.${variantId}`
  return { $set: { [field]: { $cond: [isNewer(`$${field}.version`, level.version), `$${field}`, level] } } }
}

const inStockStage = {
  $set: {
    inStock: {
      $anyElementTrue: [{ $map: { input: { $objectToArray: '$stock' }, in: { $gt: ['$$this.v.available', 0] } } }],
    },
  },
}
