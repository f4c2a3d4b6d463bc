import { coPurchaseOptions, rankNeighbours, type CoPurchaseOptions, type NeighbourList } from './co-purchase.ts'
import { at, rowCountOf, rowOf, transposed, type PackedRows } from './packed-rows.ts'
import type { ProductNumbering } from './product-numbering.ts'

/** The neighbours of every product in flat arrays; those of product `p` lie from `starts[p]` up to `starts[p + 1]`. */
export interface PackedNeighbours {
  readonly starts: Uint32Array
  readonly products: Uint32Array
  readonly scores: Float64Array
  readonly together: Uint32Array
  /** By product: the baskets that hold it. */
  readonly baskets: Uint32Array
}

/**
 * All lists at once, product by product through the baskets that hold it, with one counter for each product: that needs
 * the memory of the baskets, where a table of all pairs would grow with the square of the catalogue.
 */
export function coPurchaseLists(
  { baskets, productCount }: { readonly baskets: PackedRows; readonly productCount: number },
  options: CoPurchaseOptions = coPurchaseOptions,
): PackedNeighbours {
  const holders = transposed(baskets, productCount)
  const basketCounts = Uint32Array.from({ length: productCount }, (_, product) => rowOf(holders, product).length)
  const eachTogetherWith = pairCounter(baskets, holders)
  const lists = Array.from({ length: productCount }, (_, product) =>
    rankNeighbours(
      {
        product,
        baskets: at(basketCounts, product),
        eachTogether: (visit) => eachTogetherWith(product, visit),
        basketCountOf: (other) => at(basketCounts, other),
      },
      options,
    ),
  )
  return packed(lists, basketCounts)
}

/** Counts into one array that serves every product in turn. The innermost loop runs 40 million times on a year's baskets. */
function pairCounter({ starts, values }: PackedRows, holders: PackedRows) {
  const counts = new Uint32Array(rowCountOf(holders))
  return (product: number, visit: (other: number, together: number) => void): void => {
    for (const basket of rowOf(holders, product)) {
      const end = at(starts, basket + 1)
      for (let place = at(starts, basket); place < end; place += 1) {
        const other = at(values, place)
        counts[other] = at(counts, other) + 1
      }
    }
    counts[product] = 0
    counts.forEach((together, other) => {
      if (together > 0) visit(other, together)
    })
    counts.fill(0)
  }
}

function packed(lists: readonly NeighbourList<number>[], baskets: Uint32Array): PackedNeighbours {
  const starts = new Uint32Array(lists.length + 1)
  for (const [product, { neighbours }] of lists.entries()) starts[product + 1] = at(starts, product) + neighbours.length
  const all = lists.flatMap(({ neighbours }) => neighbours)
  return {
    starts,
    products: Uint32Array.from(all, ({ product }) => product),
    scores: Float64Array.from(all, ({ score }) => score),
    together: Uint32Array.from(all, ({ together }) => together),
    baskets,
  }
}

/** One product's list out of the flat arrays. */
export function neighboursAt(lists: PackedNeighbours, product: number): NeighbourList<number> {
  const first = at(lists.starts, product)
  const neighbours = Array.from(lists.products.subarray(first, at(lists.starts, product + 1)), (neighbour, offset) => ({
    product: neighbour,
    score: at(lists.scores, first + offset),
    together: at(lists.together, first + offset),
    baskets: at(lists.baskets, neighbour),
  }))
  return { product, baskets: at(lists.baskets, product), neighbours }
}

/** Every product's list, one after the other, under the ids that the numbers stand for. */
export function* namedLists(
  lists: PackedNeighbours,
  { count, idOf }: ProductNumbering,
): Generator<NeighbourList<string>> {
  for (let product = 0; product < count; product += 1) {
    const { baskets, neighbours } = neighboursAt(lists, product)
    yield {
      product: idOf(product),
      baskets,
      neighbours: neighbours.map((neighbour) => ({ ...neighbour, product: idOf(neighbour.product) })),
    }
  }
}
