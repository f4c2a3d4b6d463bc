import { bestFirst, type ProductKey, type Scored } from './ranking.ts'

export interface Popular<Key extends ProductKey> extends Scored<Key> {
  /** How many of the counted baskets hold it. */
  readonly baskets: number
  /** How many baskets were counted. */
  readonly ofBaskets: number
}

export interface PopularOptions {
  /**
   * How many baskets back one looks. A number of baskets, not of days: after a quiet month a single order would
   * otherwise be all that is popular.
   */
  readonly latest: number
  /** A basket counts half as much as one that is this many baskets newer. */
  readonly halvedAfter: number
  readonly limit: number
}

/** Measured: `docs/decisions/0009-recommendations.md`. */
export const popularWindow = { latest: 2_000, halvedAfter: 1_000 }

/** What lay in most of the latest baskets, the newest counting most. `baskets` are by time, the newest last. */
export function popularProducts<Key extends ProductKey>(
  baskets: readonly (readonly Key[])[],
  { latest, halvedAfter, limit }: PopularOptions,
): Popular<Key>[] {
  const counted = baskets.slice(-latest)
  const tallies = new Map<Key, { score: number; baskets: number }>()
  for (const [place, basket] of counted.entries()) {
    const weight = 0.5 ** ((counted.length - 1 - place) / halvedAfter)
    for (const product of new Set(basket)) {
      const tally = tallies.get(product) ?? { score: 0, baskets: 0 }
      tallies.set(product, { score: tally.score + weight, baskets: tally.baskets + 1 })
    }
  }
  return Array.from(tallies, ([product, tally]) => ({ product, ...tally, ofBaskets: counted.length }))
    .sort(bestFirst)
    .slice(0, limit)
}
