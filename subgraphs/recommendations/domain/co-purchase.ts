import { shortlist, type ProductKey, type Scored } from './ranking.ts'

/** What is often bought with one product, and how often: the evidence with the score. */
export interface NeighbourList<Key extends ProductKey> {
  readonly product: Key
  /** Baskets that hold the product. */
  readonly baskets: number
  /** Best first. */
  readonly neighbours: readonly Neighbour<Key>[]
}

export interface Neighbour<Key extends ProductKey> extends Scored<Key> {
  /** Baskets that hold both. */
  readonly together: number
  /** Baskets that hold the neighbour. */
  readonly baskets: number
}

/** How much two products belong together, from the baskets with both, with the one, and with the other. */
export type Similarity = (together: number, one: number, other: number) => number

/**
 * Cosine of the two products as vectors over baskets, shrunk by n / (n + shrink), so that a few shared baskets do not
 * outrank many. After R. Bell, Y. Koren, "Improved neighborhood-based collaborative filtering", KDD Cup 2007.
 */
export function shrunkCosine(shrink: number): Similarity {
  return (together, one, other) => ((together / Math.sqrt(one * other)) * together) / (together + shrink)
}

export interface CoPurchaseOptions {
  readonly similarity: Similarity
  /** Neighbours kept of each product. */
  readonly limit: number
}

/** Measured: `docs/decisions/0009-recommendations.md`. */
export const coPurchaseOptions: CoPurchaseOptions = { similarity: shrunkCosine(20), limit: 50 }

/** One product and what lies in baskets with it. */
export interface CoPurchases<Key extends ProductKey> {
  readonly product: Key
  readonly baskets: number
  /** Visits each other product once, with the number of baskets that hold both. */
  eachTogether(visit: (other: Key, together: number) => void): void
  basketCountOf(product: Key): number
}

/** The one place where neighbours are scored and chosen: for all products at once, and for one after an order. */
export function rankNeighbours<Key extends ProductKey>(
  { product, baskets, eachTogether, basketCountOf }: CoPurchases<Key>,
  { similarity, limit }: CoPurchaseOptions,
): NeighbourList<Key> {
  const list = shortlist<Neighbour<Key>>(limit)
  eachTogether((other, together) => {
    const otherBaskets = basketCountOf(other)
    const score = similarity(together, baskets, otherBaskets)
    if (score >= list.threshold()) list.offer({ product: other, score, together, baskets: otherBaskets })
  })
  return { product, baskets, neighbours: list.best() }
}

/**
 * One product's list anew, after an order: from the baskets that hold it, and for each product how many baskets do.
 * The same as a full build over all baskets would give.
 */
export function neighboursOf<Key extends ProductKey>(
  { product, baskets, basketCountOf }: BasketsWith<Key>,
  options: CoPurchaseOptions = coPurchaseOptions,
): NeighbourList<Key> {
  const together = new Map<Key, number>()
  for (const basket of baskets) {
    for (const other of new Set(basket)) together.set(other, (together.get(other) ?? 0) + 1)
  }
  together.delete(product)
  const eachTogether: CoPurchases<Key>['eachTogether'] = (visit) =>
    together.forEach((count, other) => visit(other, count))
  return rankNeighbours({ product, baskets: baskets.length, eachTogether, basketCountOf }, options)
}

export interface BasketsWith<Key extends ProductKey> {
  readonly product: Key
  /** Every basket that holds the product, and no other. */
  readonly baskets: readonly (readonly Key[])[]
  basketCountOf(product: Key): number
}
