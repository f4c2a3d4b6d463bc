import { at } from '../packed-rows.ts'
import { shortlist, type Scored } from '../ranking.ts'
import type { RecommendationContext } from './recommender.ts'

/** The products with the highest scores above 0, best first, without the members. */
export function bestOf(scores: Float64Array, { members, limit }: RecommendationContext): readonly Scored<number>[] {
  const known = new Set(members)
  const list = shortlist<Scored<number>>(limit)
  for (let product = 0; product < scores.length; product += 1) {
    const score = at(scores, product)
    if (score > 0 && score >= list.threshold() && !known.has(product)) list.offer({ product, score })
  }
  return list.best()
}
