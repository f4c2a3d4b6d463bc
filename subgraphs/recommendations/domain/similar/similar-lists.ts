import { at } from '../packed-rows.ts'
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

/** Every product's list, one after the other. @param products as `similarLists` was given them */
export function* namedSimilarLists(lists: PackedSimilar, products: readonly ComparedProduct[]): Generator<SimilarList> {
  for (const [place, { id }] of products.entries()) {
    const first = at(lists.starts, place)
    const similar = Array.from(lists.products.subarray(first, at(lists.starts, place + 1)), (other, offset) =>
      products.slice(other, other + 1).map((named) => ({ product: named.id, score: at(lists.scores, first + offset) })),
    )
    yield { product: id, similar: similar.flat() }
  }
}
