import { append, eachBasketWith, hasRoomFor, indexed, withPlaceFor } from './basket-entries.ts'
import { at, type PackedRows } from './packed-rows.ts'

/**
 * Baskets in the order in which they were bought, each product's baskets found newest first. What is derived from them is
 * counted when it is asked for and never kept, so one more basket costs as much as it is long, and is seen at once.
 */
export interface BasketHistory {
  readonly productCount: () => number
  readonly basketCount: () => number
  /** How many of the baskets hold the product. */
  countOf(product: number): number
  /** How many products a basket holds, the oldest being 0. */
  sizeOf(basket: number): number
  /** Its products; a view, not a copy. */
  productsOf(basket: number): Uint32Array
  /** Visits the baskets that hold the product, the newest first, until `visit` returns `false`. @returns whether it visited all */
  eachBasketWith(product: number, visit: (basket: number) => boolean): boolean
  /** One more basket, newer than all others: the numbers of its products, each once. A number may be a new product's. */
  add(products: ArrayLike<number>): void
  /** The baskets, to be kept: `historyOf` makes the same history of them. */
  packed(): PackedRows
  bytes(): number
}

/** Products of all baskets together; where more come, the older half of the baskets is forgotten. 48 MB at most. */
const mostEntries = 4_000_000

export function historyOf(baskets: PackedRows, productCount: number, most = mostEntries): BasketHistory {
  let entries = indexed(baskets, productCount)

  /** Views, not copies. */
  function rows(): PackedRows {
    const { starts, products, basketCount } = entries
    return { starts: starts.subarray(0, basketCount + 1), values: products.subarray(0, at(starts, basketCount)) }
  }

  function forgetOlderHalf(): void {
    const { starts, products, basketCount } = entries
    const half = at(starts, basketCount) / 2
    const first = starts.subarray(0, basketCount).findIndex((start) => start >= half)
    const origin = at(starts, first)
    const kept = {
      starts: starts.slice(first, basketCount + 1).map((start) => start - origin),
      values: products.slice(origin, at(starts, basketCount)),
    }
    entries = indexed(kept, entries.counts.length)
  }

  return {
    productCount: () => entries.counts.length,
    basketCount: () => entries.basketCount,
    countOf: (product) => entries.counts[product] ?? 0,
    sizeOf: (basket) => at(entries.starts, basket + 1) - at(entries.starts, basket),
    productsOf: (basket) => entries.products.subarray(at(entries.starts, basket), at(entries.starts, basket + 1)),
    eachBasketWith: (product, visit) => eachBasketWith(entries, product, visit),
    add(products) {
      const { starts, basketCount } = entries
      if (at(starts, basketCount) + products.length > most) forgetOlderHalf()
      if (!hasRoomFor(entries, products)) entries = indexed(rows(), entries.counts.length, products.length)
      entries = withPlaceFor(entries, products)
      append(entries, products)
    },
    packed() {
      const { starts, values } = rows()
      return { starts: starts.slice(), values: values.slice() }
    },
    bytes() {
      const { starts, products, places, baskets, links, newest, counts } = entries
      const arrays = [starts, products, places, baskets, links, newest, counts]
      return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
    },
  }
}
