import { at } from '../packed-rows.ts'
import type { Scored } from '../ranking.ts'
import type { RecommendationContext } from './recommender.ts'

/**
 * The products with the highest scores above 0, in the order of `bestFirst`, without the members, whose scores are taken away. Numbers
 * alone are sorted many times as fast as what has to be compared by a function: so the scores are, and each product then finds its place.
 */
export function bestOf(scores: Float64Array, { members, limit }: RecommendationContext): readonly Scored<number>[] {
  for (const member of members) if (member < scores.length) scores[member] = 0
  const sorted = scoresOfAny(scores).sort()
  const highest = sorted.subarray(Math.max(0, sorted.length - limit))
  const [lowest] = highest
  if (lowest === undefined) return []
  const best = new Uint32Array(highest.length)
  // By place: of those that share a score and begin there, how many have been put.
  const put = new Uint32Array(highest.length)
  for (let product = 0; product < scores.length; product += 1) {
    const score = at(scores, product)
    if (!(score >= lowest)) continue
    const place = highest.length - countUpTo(score, highest)
    const next = place + at(put, place)
    put[place] = at(put, place) + 1
    // Where more have the lowest score than are wanted, those with higher numbers find none.
    if (next < best.length) best[next] = product
  }
  const list: Scored<number>[] = []
  for (let place = 0; place < best.length; place += 1) {
    const product = at(best, place)
    list.push({ product, score: at(scores, product) })
  }
  return list
}

function scoresOfAny(scores: Float64Array): Float64Array {
  const found = new Float64Array(scores.length)
  let count = 0
  for (let product = 0; product < scores.length; product += 1) {
    const score = at(scores, product)
    if (!(score > 0)) continue
    found[count] = score
    count += 1
  }
  return found.subarray(0, count)
}

/** How many of those that are sorted are no higher than a score, by halving what may still be. */
function countUpTo(score: number, sorted: Float64Array): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(sorted, middle) <= score) low = middle + 1
    else high = middle
  }
  return low
}
