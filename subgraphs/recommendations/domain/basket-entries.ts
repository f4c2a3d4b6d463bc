import { at, rowCountOf, type PackedRows } from './packed-rows.ts'

/**
 * An entry is one product in one basket. The baskets of a product lie beside each other; those that were added since that was done
 * are linked, the newest first, until there is no room for more.
 */
export interface Entries {
  basketCount: number
  /** By basket: its first entry; one more than there are baskets. */
  readonly starts: Uint32Array
  /** By entry. */
  readonly products: Uint32Array
  /** By product: where its baskets begin among `baskets`. A product that came later has none there. */
  readonly places: Uint32Array
  /** Of each product, the oldest first. */
  readonly baskets: Uint32Array
  /** By added entry, read together: its basket, and the added entry of the same product in an older one. 0 is none, `n` that at `n - 1`. */
  readonly links: Uint32Array
  /** By product: its newest added entry. */
  readonly newest: Uint32Array
  /** By product: in how many baskets it lies. */
  readonly counts: Uint32Array
}

/** Of what there is, so much is room to add more. */
const growth = 0.25

/** @param more products that there is to be room for at least */
export function indexed({ starts, values }: PackedRows, productCount: number, more = 0): Entries {
  const basketCount = starts.length - 1
  const room = Math.ceil(values.length * growth) + 64 + more
  const { places, baskets, counts } = basketsByProduct({ starts, values }, productCount)
  return {
    basketCount,
    starts: lengthened(starts, starts.length + Math.ceil(basketCount * growth) + 64),
    products: lengthened(values, values.length + room),
    ...{ places, baskets, counts },
    links: new Uint32Array(2 * room),
    newest: new Uint32Array(productCount),
  }
}

function basketsByProduct(rows: PackedRows, productCount: number): Pick<Entries, 'places' | 'baskets' | 'counts'> {
  const { starts, values } = rows
  const counts = new Uint32Array(productCount)
  for (let entry = 0; entry < values.length; entry += 1) {
    const product = at(values, entry)
    counts[product] = at(counts, product) + 1
  }
  const places = new Uint32Array(productCount + 1)
  for (let product = 0; product < productCount; product += 1) {
    places[product + 1] = at(places, product) + at(counts, product)
  }
  const next = places.slice()
  const baskets = new Uint32Array(values.length)
  for (let basket = 0; basket < rowCountOf(rows); basket += 1) {
    for (let entry = at(starts, basket); entry < at(starts, basket + 1); entry += 1) {
      const product = at(values, entry)
      const place = at(next, product)
      baskets[place] = basket
      next[product] = place + 1
    }
  }
  return { places, baskets, counts }
}

export function eachBasketWith(
  { places, baskets, links, newest }: Entries,
  product: number,
  visit: (basket: number) => boolean,
): boolean {
  for (let entry = newest[product] ?? 0; entry > 0; entry = at(links, 2 * entry - 1)) {
    if (!visit(at(links, 2 * entry - 2))) return false
  }
  const first = places[product] ?? 0
  for (let place = places[product + 1] ?? first; place > first; place -= 1) {
    if (!visit(at(baskets, place - 1))) return false
  }
  return true
}

export function hasRoomFor({ starts, products, basketCount }: Entries, { length }: ArrayLike<number>): boolean {
  return basketCount + 2 <= starts.length && at(starts, basketCount) + length <= products.length
}

/** The same, with a place for each product of the basket. */
export function withPlaceFor(entries: Entries, products: ArrayLike<number>): Entries {
  const { newest, counts } = entries
  const productCount = Math.max(counts.length, ...Array.from(products, (product) => product + 1))
  if (productCount === counts.length) return entries
  return { ...entries, newest: lengthened(newest, productCount), counts: lengthened(counts, productCount) }
}

export function append(entries: Entries, added: ArrayLike<number>): void {
  const { starts, products, baskets, links, newest, counts, basketCount } = entries
  let entry = at(starts, basketCount)
  for (const product of Array.from(added)) {
    const link = entry - baskets.length
    products[entry] = product
    links[2 * link] = basketCount
    links[2 * link + 1] = at(newest, product)
    counts[product] = at(counts, product) + 1
    newest[product] = link + 1
    entry += 1
  }
  starts[basketCount + 1] = entry
  entries.basketCount = basketCount + 1
}

function lengthened(array: Uint32Array, length: number): Uint32Array {
  const longer = new Uint32Array(length)
  longer.set(array)
  return longer
}
