import { at, rowCountOf, rowOf, type PackedRows } from './packed-rows.ts'

/**
 * Baskets in the order in which they were bought, each product's baskets found newest first. What is derived from them is
 * counted when it is asked for and never kept, so one more basket costs as much as it is long, and is seen at once.
 */
export interface BasketHistory {
  readonly productCount: () => number
  readonly basketCount: () => number
  /** How many of the baskets hold the product. */
  countOf(product: number): number
  /** The products of a basket, the oldest being 0; a view, not a copy. */
  productsOf(basket: number): Uint32Array
  /** Visits the baskets that hold the product, the newest first, until `visit` returns `false`. @returns whether it visited all */
  eachBasketWith(product: number, visit: (basket: number) => boolean): boolean
  /** One more basket, newer than all others: the numbers of its products, each once. A number may be a new product's. */
  add(products: ArrayLike<number>): void
  /** The baskets, to be kept: `historyOf` makes the same history of them. */
  packed(): PackedRows
  bytes(): number
}

/** Products of all baskets together; where more come, the older half of the baskets is forgotten. 64 MB at most. */
const mostEntries = 4_000_000

export function historyOf(baskets: PackedRows, productCount: number, most = mostEntries): BasketHistory {
  let entries = entriesFor(baskets, productCount)

  function forgetOlderHalf(): void {
    const { starts, products, basketCount } = entries
    const half = at(starts, basketCount) / 2
    const first = starts.subarray(0, basketCount).findIndex((start) => start >= half)
    const origin = at(starts, first)
    const kept = {
      starts: starts.slice(first, basketCount + 1).map((start) => start - origin),
      values: products.slice(origin, at(starts, basketCount)),
    }
    entries = entriesFor(kept, entries.counts.length)
  }

  return {
    productCount: () => entries.counts.length,
    basketCount: () => entries.basketCount,
    countOf: (product) => entries.counts[product] ?? 0,
    productsOf: (basket) => entries.products.subarray(at(entries.starts, basket), at(entries.starts, basket + 1)),
    eachBasketWith(product, visit) {
      const { newest, links } = entries
      for (let entry = newest[product] ?? 0; entry > 0; entry = at(links, 2 * entry - 1)) {
        if (!visit(at(links, 2 * entry - 2))) return false
      }
      return true
    },
    add(products) {
      const { starts, basketCount } = entries
      if (at(starts, basketCount) + products.length > most) forgetOlderHalf()
      entries = withRoomFor(entries, products)
      append(entries, products)
    },
    packed: () => ({
      starts: entries.starts.slice(0, entries.basketCount + 1),
      values: entries.products.slice(0, at(entries.starts, entries.basketCount)),
    }),
    bytes: () =>
      [entries.starts, entries.products, entries.links, entries.newest, entries.counts].reduce(
        (sum, { byteLength }) => sum + byteLength,
        0,
      ),
  }
}

/** An entry is one product in one basket. Where one entry names another, 0 is none and `n` the entry at `n - 1`. */
interface Entries {
  basketCount: number
  /** By basket: its first entry; one more than there are baskets. */
  readonly starts: Uint32Array
  /** By entry. */
  readonly products: Uint32Array
  /** By entry, beside each other as they are read together: its basket, and the entry of the same product in an older one. */
  readonly links: Uint32Array
  /** By product: its newest entry, and how many there are. */
  readonly newest: Uint32Array
  readonly counts: Uint32Array
}

function entriesFor(rows: PackedRows, productCount: number): Entries {
  const room = Math.ceil(rows.values.length * growth) + 64
  const entries: Entries = {
    basketCount: 0,
    starts: new Uint32Array(Math.ceil(rowCountOf(rows) * growth) + 65),
    products: new Uint32Array(room),
    links: new Uint32Array(2 * room),
    newest: new Uint32Array(productCount),
    counts: new Uint32Array(productCount),
  }
  for (let row = 0; row < rowCountOf(rows); row += 1) append(entries, rowOf(rows, row))
  return entries
}

function append(entries: Entries, products: ArrayLike<number>): void {
  const { starts, newest, counts, basketCount } = entries
  let entry = at(starts, basketCount)
  for (const product of Array.from(products)) {
    entries.products[entry] = product
    entries.links[2 * entry] = basketCount
    entries.links[2 * entry + 1] = at(newest, product)
    counts[product] = at(counts, product) + 1
    entry += 1
    newest[product] = entry
  }
  starts[basketCount + 1] = entry
  entries.basketCount = basketCount + 1
}

/** So that arrays are copied seldom. */
const growth = 1.25

/** The same entries, in longer arrays where the basket or a product of it would find no place. */
function withRoomFor(entries: Entries, products: ArrayLike<number>): Entries {
  const { starts, counts, basketCount } = entries
  const length = at(starts, basketCount) + products.length
  const productCount = Math.max(counts.length, ...Array.from(products, (product) => product + 1))
  return {
    basketCount,
    starts: grown(starts, basketCount + 2),
    products: grown(entries.products, length),
    links: grown(entries.links, 2 * length),
    newest: lengthened(entries.newest, productCount),
    counts: lengthened(counts, productCount),
  }
}

function grown(array: Uint32Array, length: number): Uint32Array {
  return array.length >= length ? array : lengthened(array, Math.ceil(length * growth))
}

function lengthened(array: Uint32Array, length: number): Uint32Array {
  if (array.length >= length) return array
  const longer = new Uint32Array(length)
  longer.set(array)
  return longer
}
