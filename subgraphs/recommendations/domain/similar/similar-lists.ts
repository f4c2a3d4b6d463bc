import { at } from '../packed-rows.ts'
import type { ProductNumbering } from '../product-numbering.ts'
import type { Scored } from '../ranking.ts'
import { similarityIndex, similarLimit, type ComparedProduct } from './similar.ts'

/** Each product's substitutes in flat arrays; those of product `p` lie from `starts[p]` up to `starts[p + 1]`. */
export interface PackedSimilar {
  readonly starts: Uint32Array
  readonly products: Uint32Array
  readonly scores: Float64Array
}

export interface SimilarList {
  readonly product: string
  /** Best first. */
  readonly similar: readonly Scored<string>[]
}

/** All lists at once; `products` in the order of their numbers. */
export function similarLists(products: readonly ComparedProduct[], limit = similarLimit): PackedSimilar {
  const index = similarityIndex(products, limit)
  const lists = products.map((product) => index.similarTo(product))
  const starts = new Uint32Array(lists.length + 1)
  for (const [product, list] of lists.entries()) starts[product + 1] = at(starts, product) + list.length
  return {
    starts,
    products: Uint32Array.from(lists.flat(), ({ product }) => product),
    scores: Float64Array.from(lists.flat(), ({ score }) => score),
  }
}

/** Every product's list, one after the other, under the ids that the numbers stand for. */
export function* namedSimilarLists(lists: PackedSimilar, { count, idOf }: ProductNumbering): Generator<SimilarList> {
  for (let product = 0; product < count; product += 1) {
    const first = at(lists.starts, product)
    const similar = Array.from(lists.products.subarray(first, at(lists.starts, product + 1)), (other, offset) => ({
      product: idOf(other),
      score: at(lists.scores, first + offset),
    }))
    yield { product: idOf(product), similar }
  }
}
