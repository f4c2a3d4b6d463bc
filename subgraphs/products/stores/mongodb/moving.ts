import type { FindCursor } from 'mongodb'

import { longTimeout, type MongoDatabase } from '../../../../platform/mongodb/database.ts'
import type { Kept } from '../../../../platform/subgraph/moving.ts'
import type { Product } from '../../domain/product.ts'
import { keptLevel, keptProduct, pagesAfter, type TakenProducts } from '../moving.ts'
import {
  collections,
  documentOf,
  fieldsOf,
  productFrom,
  productProjection,
  type CategoryDocument,
  type ProductDocument,
  type StockLevelDocument,
} from './documents.ts'
import { takeInKnownLevels, takeLevels } from './stock.ts'

const patiently = { timeoutMS: longTimeout }

/** What is moved to here. Nothing is published: what was moved has been. */
export function mongoTakenProducts(database: MongoDatabase): TakenProducts {
  const categories = database.collection<CategoryDocument>(collections.categories)
  const products = database.collection<ProductDocument>(collections.products)
  const levels = database.collection<StockLevelDocument>(collections.stockLevels)
  return {
    categories: {
      pages: () =>
        pagesAfter(async (slug, size) => {
          const found = await firstOf(categories.find({ _id: { $gt: slug } }, patiently), size).toArray()
          return found.map(({ _id: key, ...content }) => ({ key, version: 0, content }))
        }),
      async take(things) {
        await categories.bulkWrite(
          things.map(({ key: _id, content }) => ({
            updateOne: { filter: { _id }, update: { $set: content }, upsert: true },
          })),
          patiently,
        )
      },
    },
    products: {
      pages: () =>
        pagesAfter(async (id, size) => {
          const found = await firstOf(
            products.find({ _id: { $gt: id } }, { projection: productProjection, ...patiently }),
            size,
          ).toArray()
          return found.map(productFrom).map(keptProduct)
        }),
      take: (things) => takeProducts(database, things),
    },
    stock: {
      pages: () =>
        pagesAfter(async (variantId, size) => {
          const found = await firstOf(levels.find({ _id: { $gt: variantId } }, patiently), size).toArray()
          return found.map(({ _id, ...level }) => keptLevel({ variantId: _id, ...level }))
        }),
      async take(things) {
        const known = await levels.find({ _id: { $in: keysOf(things) } }, patiently).toArray()
        const outdated = outdatedAmong(things, known)
        await takeLevels(
          database,
          outdated.map(({ content }) => content),
        )
      },
    },
  }
}

function firstOf<Document>(cursor: FindCursor<Document>, size: number): FindCursor<Document> {
  return cursor.sort({ _id: 1 }).limit(size)
}

async function takeProducts(database: MongoDatabase, things: readonly Kept<Product>[]): Promise<void> {
  const products = database.collection<ProductDocument>(collections.products)
  const known = await products
    .find({ _id: { $in: keysOf(things) } }, patiently)
    .project<Pick<ProductDocument, '_id' | 'version'>>({ version: 1 })
    .toArray()
  const outdated = outdatedAmong(things, known)
  if (outdated.length === 0) return
  await products.bulkWrite(
    outdated.map(({ content: product, version, isMissing }) =>
      isMissing
        ? { insertOne: { document: documentOf(product, []) } }
        : {
            updateOne: { filter: { _id: product.id, version: { $lt: version } }, update: { $set: fieldsOf(product) } },
          },
    ),
    { ordered: false, ...patiently },
  )
  await takeInKnownLevels(
    database,
    outdated.flatMap(({ content }) => content.variants.map(({ id }) => id)),
  )
}

const keysOf = (things: readonly Kept<unknown>[]) => things.map(({ key }) => key)

/** Those that are not there in this version or a newer one. */
function outdatedAmong<Content>(things: readonly Kept<Content>[], known: readonly { _id: string; version: number }[]) {
  const versions = new Map(known.map(({ _id, version }) => [_id, version]))
  return things
    .filter(({ key, version }) => (versions.get(key) ?? 0) < version)
    .map((thing) => ({ ...thing, isMissing: !versions.has(thing.key) }))
}
