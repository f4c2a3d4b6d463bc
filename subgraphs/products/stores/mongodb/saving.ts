import { MongoBulkWriteError, MongoServerError, type Collection } from 'mongodb'
import { z } from 'zod'

import { longTimeout, type MongoDatabase } from '../../../../platform/mongodb/database.ts'
import { answered } from '../../../../platform/mongodb/unavailable.ts'
import type { Product } from '../../domain/product.ts'
import type { ProductStore, ProductToSave, SaveResult } from '../store.ts'
import {
  collections,
  documentOf,
  fieldsOf,
  skuKeyOf,
  type CategoryDocument,
  type ProductDocument,
} from './documents.ts'
import { takeInKnownLevels } from './stock.ts'

export function saving(database: MongoDatabase): Pick<ProductStore, 'save' | 'saveCategories' | 'insertMany'> {
  const categories = database.collection<CategoryDocument>(collections.categories)
  return {
    save: (toSave, expectedVersion) => answered(() => save(database, toSave, expectedVersion)),

    saveCategories: (saved) =>
      answered(async () => {
        if (saved.length === 0) return
        await categories.bulkWrite(
          saved.map(({ slug, name }, position) => ({
            updateOne: {
              filter: { _id: slug },
              update: { $setOnInsert: { name }, $set: { position } },
              upsert: true,
            },
          })),
          { timeoutMS: longTimeout },
        )
      }),

    insertMany: (entries) =>
      answered(async () => {
        const inserted = await insertUnknown(database, entries)
        await takeInKnownLevels(
          database,
          entries.flatMap(({ product }) => product.variants.map(({ id }) => id)),
        )
        return inserted
      }),
  }
}

/** One document is written, and with it what is to be published of it. */
async function save(
  database: MongoDatabase,
  { product, messages }: ProductToSave,
  expectedVersion: number,
): Promise<SaveResult> {
  const products = database.collection<ProductDocument>(collections.products)
  if (hasSkuTwice(product)) return 'SKU_TAKEN'
  const stamped = database.stamp(messages)
  try {
    if (expectedVersion === 0) await products.insertOne(documentOf(product, stamped))
    else {
      const { matchedCount } = await products.updateOne(
        { _id: product.id, version: expectedVersion },
        { $set: fieldsOf(product), $push: { outbox: { $each: stamped } } },
      )
      if (matchedCount === 0) return 'CHANGED_MEANWHILE'
    }
  } catch (thrown) {
    if (!isDuplicate(thrown)) throw thrown
    const known = expectedVersion === 0 && (await idsAmong(products, [product.id])).size > 0
    return known ? 'CHANGED_MEANWHILE' : takenBy(thrown)
  }
  if (stamped.length > 0) database.outgoing()
  return 'SAVED'
}

/** A unique index holds documents apart, and not the parts of one. */
function hasSkuTwice({ variants }: Product): boolean {
  return new Set(variants.map(({ sku }) => skuKeyOf(sku))).size < variants.length
}

/**
 * Each product is one atomic step, all together are not: after a crash in between, some are there and will be left as they
 * are by the next try. Returns how many were new.
 */
async function insertUnknown(database: MongoDatabase, entries: readonly ProductToSave[]): Promise<number> {
  const products = database.collection<ProductDocument>(collections.products)
  const known = await idsAmong(
    products,
    entries.map(({ product }) => product.id),
  )
  const fresh = entries.filter(({ product }) => !known.has(product.id))
  const wrong = fresh.find(({ product }) => hasSkuTwice(product))
  if (wrong !== undefined) throw new Error(`product ${wrong.product.id} has one SKU twice`)
  if (fresh.length === 0) return 0
  const documents = fresh.map(({ product, messages }) => documentOf(product, database.stamp(messages)))
  try {
    const { insertedCount } = await products.insertMany(documents, { ordered: false, timeoutMS: longTimeout })
    return insertedCount
  } catch (thrown) {
    return await insertedDespite(thrown, products)
  } finally {
    database.outgoing()
  }
}

/** Somebody else may have inserted the same meanwhile; whatever else was refused is a mistake of who asked. */
async function insertedDespite(thrown: unknown, products: Collection<ProductDocument>): Promise<number> {
  if (!(thrown instanceof MongoBulkWriteError) || thrown.result.getWriteConcernError() !== undefined) throw thrown
  const refused = thrown.result.getWriteErrors()
  const ids = refused.map((error) => z.object({ _id: z.string() }).parse(error.getOperation())._id)
  const known = await idsAmong(products, ids)
  if (refused.some(({ code }) => code !== duplicateKey) || known.size < ids.length) throw thrown
  return thrown.insertedCount
}

async function idsAmong(products: Collection<ProductDocument>, ids: readonly string[]): Promise<Set<string>> {
  const found = await products
    .find({ _id: { $in: [...ids] } }, { timeoutMS: longTimeout })
    .project<Pick<ProductDocument, '_id'>>({ _id: 1 })
    .toArray()
  return new Set(found.map(({ _id }) => _id))
}

const duplicateKey = 11_000

function isDuplicate(thrown: unknown): thrown is MongoServerError {
  return thrown instanceof MongoServerError && thrown.code === duplicateKey
}

/** Which of the shop's names the write would have given twice. */
function takenBy(duplicate: MongoServerError): SaveResult {
  const { keyPattern } = z.object({ keyPattern: z.record(z.string(), z.unknown()) }).parse(duplicate)
  if ('slug' in keyPattern) return 'SLUG_TAKEN'
  if ('variants.skuKey' in keyPattern) return 'SKU_TAKEN'
  throw duplicate
}
