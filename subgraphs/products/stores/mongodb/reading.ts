import type { Filter } from 'mongodb'

import type { MongoDatabase } from '../../../../platform/mongodb/database.ts'
import { answered } from '../../../../platform/mongodb/unavailable.ts'
import type { Product } from '../../domain/product.ts'
import type { ProductStore } from '../store.ts'
import {
  collections,
  productFrom,
  productProjection,
  skuKeyOf,
  type CategoryDocument,
  type ProductDocument,
} from './documents.ts'
import { conditionsOf, readPage } from './listing.ts'

type Reading = Pick<
  ProductStore,
  'byIds' | 'bySlugs' | 'byVariantIds' | 'bySkus' | 'page' | 'count' | 'categories' | 'slugsLike' | 'skusInUse'
>

export function reading(database: MongoDatabase): Reading {
  const products = database.collection<ProductDocument>(collections.products)
  const categories = database.collection<CategoryDocument>(collections.categories)

  const productsWhere = (condition: Filter<ProductDocument>): Promise<Product[]> =>
    answered(async () => {
      const found = await products.find(condition, { projection: productProjection }).toArray()
      return found.map(productFrom)
    })

  return {
    byIds: (ids) => productsWhere({ _id: { $in: [...ids] } }),
    bySlugs: (slugs) => productsWhere({ slug: { $in: [...slugs] } }),
    byVariantIds: (variantIds) => productsWhere({ 'variants.id': { $in: [...variantIds] } }),
    bySkus: (skus) => productsWhere({ 'variants.skuKey': { $in: skus.map(skuKeyOf) } }),
    page: (request) => answered(() => readPage(products, request)),
    count: (criteria) => answered(() => products.countDocuments(conditionsOf(criteria))),

    categories: () =>
      answered(async () => {
        const [known, counts] = await Promise.all([
          categories.find().sort({ position: 1, _id: 1 }).toArray(),
          products
            .aggregate<{ _id: string; count: number }>([
              { $match: { status: 'ACTIVE' } },
              { $group: { _id: '$category.slug', count: { $sum: 1 } } },
            ])
            .toArray(),
        ])
        const countOf = new Map(counts.map(({ _id, count }) => [_id, count]))
        return known.map(({ _id: slug, name }) => ({ slug, name, productCount: countOf.get(slug) ?? 0 }))
      }),

    slugsLike: (base) =>
      answered(async () => {
        // In the order of bytes, '.' is the next after '-'.
        const beginning = { slug: { $gte: `${base}-`, $lt: `${base}.` } }
        const found = await products
          .find({ $or: [{ slug: base }, beginning] })
          .project<Pick<ProductDocument, 'slug'>>({ slug: 1 })
          .toArray()
        return found.map(({ slug }) => slug)
      }),

    skusInUse: (skus) =>
      answered(async () => {
        const keys = new Set(skus.map(skuKeyOf))
        const found = await products
          .find({ 'variants.skuKey': { $in: [...keys] } })
          .project<Pick<ProductDocument, 'variants'>>({ 'variants.skuKey': 1 })
          .toArray()
        return found.flatMap(({ variants }) => variants.map(({ skuKey }) => skuKey)).filter((key) => keys.has(key))
      }),
  }
}
