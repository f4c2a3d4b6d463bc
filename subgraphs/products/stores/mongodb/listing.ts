import type { Collection, Filter, Sort } from 'mongodb'

import type { Product } from '../../domain/product.ts'
import type { Criteria, Sorting } from '../store.ts'
import { productFrom, productProjection, type ProductDocument } from './documents.ts'

interface PageRequest {
  readonly criteria: Criteria
  readonly sorting: Sorting
  readonly first: number
}

type Products = Collection<ProductDocument>

export async function readPage(products: Products, { criteria, sorting, first }: PageRequest): Promise<Product[]> {
  if (sorting.by === 'RANK') return readRanked(products, { criteria, after: sorting.after ?? 0, first })
  const { sort, after } = keysetOf(sorting)
  const found = await products
    .find({ ...conditionsOf(criteria), ...after }, { projection: productProjection })
    .sort(sort)
    .limit(first)
    .toArray()
  return found.map(productFrom)
}

/** How many ids are looked at first, for each product that is wanted; some of them will not fit. */
const spare = 2
const growth = 4

/** The order of ids is known here, so the store is asked for one stretch of them after the other until the page is full. */
async function readRanked(
  products: Products,
  { criteria, after, first }: { criteria: Criteria; after: number; first: number },
): Promise<Product[]> {
  const ids = criteria.ids ?? []
  const page: Product[] = []
  let [start, stretch] = [after, first * spare]
  while (start < ids.length && page.length < first) {
    const asked = ids.slice(start, start + stretch)
    const found = await products
      .find(conditionsOf({ ...criteria, ids: asked }), { projection: productProjection })
      .toArray()
    const byId = new Map(found.map((document) => [document._id, document]))
    page.push(...asked.flatMap((id) => byId.get(id) ?? []).map(productFrom))
    start += stretch
    stretch *= growth
  }
  return page.slice(0, first)
}

/** What the criteria ask of a document. */
export function conditionsOf({ ids, category, minPrice, maxPrice, inStockOnly }: Criteria): Filter<ProductDocument> {
  return {
    status: 'ACTIVE',
    ...(ids !== undefined && { _id: { $in: [...ids] } }),
    ...(category !== undefined && { 'category.slug': category }),
    ...(inStockOnly === true && { inStock: true }),
    ...priceCondition(minPrice, maxPrice),
  }
}

/** Of one variant, both ends. */
function priceCondition(lowest: number | undefined, highest: number | undefined): Filter<ProductDocument> {
  if (lowest === undefined && highest === undefined) return {}
  const range = { ...(lowest !== undefined && { $gte: lowest }), ...(highest !== undefined && { $lte: highest }) }
  return { variants: { $elemMatch: { 'price.amount': range } } }
}

type SortedByKey = Exclude<Sorting, { by: 'RANK' }>

/**
 * The order of a list by one of its indexes, and the places after `after` in it. Text is compared by its bytes, as
 * MongoDB does unless a collation is named.
 */
function keysetOf(sorting: SortedByKey): { sort: Sort; after: Filter<ProductDocument> } {
  switch (sorting.by) {
    case 'NAME':
      return keyset('sortName', 1, sorting.after && { value: sorting.after.name, id: sorting.after.id })
    case 'PRICE_LOW_TO_HIGH':
      return keyset('lowestPrice', 1, sorting.after && { value: sorting.after.price, id: sorting.after.id })
    case 'PRICE_HIGH_TO_LOW':
      return keyset('lowestPrice', -1, sorting.after && { value: sorting.after.price, id: sorting.after.id })
    case 'NEWEST':
      return keyset('createdAt', -1, sorting.after && { value: sorting.after.createdAt, id: sorting.after.id })
  }
}

function keyset(
  field: 'sortName' | 'lowestPrice' | 'createdAt',
  direction: 1 | -1,
  after: { value: unknown; id: string } | undefined,
): { sort: Sort; after: Filter<ProductDocument> } {
  const sort: Sort = { [field]: direction, _id: direction }
  if (after === undefined) return { sort, after: {} }
  const [beyond, from] = direction === 1 ? ['$gt', '$gte'] : ['$lt', '$lte']
  // The range says where the index is entered; the rest leaves out those at the same place that come before.
  return {
    sort,
    after: {
      [field]: { [from]: after.value },
      $or: [{ [field]: { [beyond]: after.value } }, { _id: { [beyond]: after.id } }],
    },
  }
}
