import { at, rowCountOf, rowOf, type PackedRows } from '../../packed-rows.ts'
import { shortlist, type Scored } from '../../ranking.ts'
import { invertInPlace } from './inverse.ts'
import type { EaseWeights } from './weights.ts'

export interface EaseOptions {
  /** How strongly weights are held small. */
  readonly lambda: number
  /** Weights kept of each product, the highest. */
  readonly kept: number
  /** Only the products that are bought most are trained: time grows with their third power. */
  readonly mostProducts: number
  /** A basket counts half as much as one that is this many baskets newer: what goes together follows the season. */
  readonly halvedAfter: number
}

/** Measured: `docs/recommendations.md`. */
export const easeOptions: EaseOptions = { lambda: 200, kept: 100, mostProducts: 5_000, halvedAfter: 8_000 }

/**
 * EASE: the linear model that foresees each product of a basket from the others, in closed form. With G = XᵀX + λI over
 * the baskets X and P = G⁻¹, the weight of product i for product j is −P(i,j) / P(j,j).
 *
 * H. Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019.
 */
export function trainEase(
  { baskets, productCount }: { readonly baskets: PackedRows; readonly productCount: number },
  { lambda, kept, mostProducts, halvedAfter }: EaseOptions = easeOptions,
): EaseWeights {
  const trained = mostBought(baskets, productCount, mostProducts)
  const size = trained.length
  const matrix = gramMatrix({ baskets, places: placesOf(trained, productCount), size, halvedAfter })
  for (let place = 0; place < size; place += 1) matrix[place * size + place] = at(matrix, place * size + place) + lambda
  invertInPlace(matrix, size)
  const rows = Array.from({ length: productCount }, (): readonly Scored<number>[] => [])
  for (const [place, product] of trained.entries()) rows[product] = highestWeights({ matrix, trained, place, kept })
  return packed(rows)
}

/** By number, so that the same baskets give the same model. */
function mostBought({ values }: PackedRows, productCount: number, most: number): number[] {
  const counts = new Uint32Array(productCount)
  for (const product of values) counts[product] = at(counts, product) + 1
  const products = Array.from(counts.keys()).filter((product) => at(counts, product) > 0)
  return products
    .sort((left, right) => at(counts, right) - at(counts, left))
    .slice(0, most)
    .sort((left, right) => left - right)
}

/** By product, one more than its place in the matrix; 0 for what is not trained. */
function placesOf(trained: readonly number[], productCount: number): Uint32Array {
  const places = new Uint32Array(productCount)
  for (const [place, product] of trained.entries()) places[product] = place + 1
  return places
}

interface Gram {
  readonly baskets: PackedRows
  readonly places: Uint32Array
  readonly size: number
  readonly halvedAfter: number
}

/** In how many baskets each two lie, the newest counting most, in the lower triangle. */
function gramMatrix({ baskets, places, size, halvedAfter }: Gram): Float32Array {
  const matrix = new Float32Array(size * size)
  const count = rowCountOf(baskets)
  for (let basket = 0; basket < count; basket += 1) {
    const weight = 0.5 ** ((count - 1 - basket) / halvedAfter)
    const own = rowOf(baskets, basket)
      .map((product) => at(places, product))
      .filter((place) => place > 0)
      .sort()
    for (const [rank, row] of own.entries()) {
      for (let other = 0; other <= rank; other += 1) {
        const cell = (row - 1) * size + at(own, other) - 1
        matrix[cell] = at(matrix, cell) + weight
      }
    }
  }
  return matrix
}

interface Row {
  /** The inverse. */
  readonly matrix: Float32Array
  readonly trained: readonly number[]
  readonly place: number
  readonly kept: number
}

/** What a product speaks for, and how strongly. What it speaks against matters little, and is left out. */
function highestWeights({ matrix, trained, place, kept }: Row): readonly Scored<number>[] {
  const size = trained.length
  const list = shortlist<Scored<number>>(kept)
  for (const [other, product] of trained.entries()) {
    const cell = Math.max(place, other) * size + Math.min(place, other)
    const score = -at(matrix, cell) / at(matrix, other * size + other)
    if (other !== place && score > 0 && score >= list.threshold()) list.offer({ product, score })
  }
  return list.best()
}

function packed(rows: readonly (readonly Scored<number>[])[]): EaseWeights {
  const starts = new Uint32Array(rows.length + 1)
  for (const [row, weights] of rows.entries()) starts[row + 1] = at(starts, row) + weights.length
  const all = rows.flat()
  return {
    starts,
    products: Uint32Array.from(all, ({ product }) => product),
    weights: Float32Array.from(all, ({ score }) => score),
  }
}
