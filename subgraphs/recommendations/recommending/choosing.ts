import { closestMember } from '../domain/closest-member.ts'
import type { Surface } from '../domain/configurations.ts'
import { explain } from '../domain/explain.ts'
import type { Scored } from '../domain/ranking.ts'
import { nameLikeness, telling } from '../domain/similar/likeness.ts'
import { diversified } from '../domain/recommenders/diversity.ts'
import { recentCount } from '../domain/recommenders/popularity.ts'
import type { ServedModel } from '../serving/follow.ts'
import type { Model } from '../serving/model.ts'
import type { Offer } from '../stores/store.ts'
import {
  foundOf,
  type Asked,
  type BasketReason,
  type Recommendation,
  type RecommendationLoaders,
} from './recommendation.ts'

/** More candidates than are asked for, since some cannot be bought. */
const spare = 150
/** Where too few of them can be bought, so many times more are asked for, until there are no more. */
const growth = 8
/** Of these, so many more are looked up at a time than are wanted: most can be bought. */
export const spareOffers = 10

interface BasketQuestion {
  readonly members: readonly string[]
  readonly surface: Surface
  readonly reason: BasketReason
}

/** Asks the model, and keeps of its answer what can be bought at this moment. */
export function choosing(served: ServedModel) {
  return {
    offersOf,

    async fromBaskets({ members, surface, reason }: BasketQuestion, asked: Asked): Promise<Recommendation[]> {
      const model = served.current()
      const numbers = numbersOf(members, model)
      const { [surface]: recommender, relevance } = model.configured(asked.configuration)
      const closest = closestMember(model.history, numbers)
      const candidates = (limit: number) => recommender.recommend({ members: numbers, limit })
      // The members are asked for in one statement with the candidates.
      const [found, names] = await Promise.all([
        firstBuyable(candidates, { model, hasEvidence: closest.hasEvidence, asked, relevance: relevance[surface] }),
        offersOf(members, asked.loaders),
      ])
      const chosen = found.flatMap((one) => {
        const evidence = closest.evidenceFor(one.product)
        return evidence === undefined ? [] : [{ ...one, evidence }]
      })
      return chosen.map(({ id, score, evidence }) => {
        const member = names.get(model.numbering.idOf(evidence.member))?.name ?? 'it'
        const explanation = explain({ reason, ...evidence, member })
        return { product: { id }, reason, explanation, algorithm: recommender.algorithm, score }
      })
    },

    async fromPopularity(without: readonly string[], asked: Asked): Promise<Recommendation[]> {
      const model = served.current()
      const { front, relevance } = model.configured(asked.configuration)
      const members = numbersOf(without, model)
      const candidates = (limit: number) => front.recommend({ members, limit })
      const chosen = await firstBuyable(candidates, {
        model,
        hasEvidence: () => true,
        asked,
        relevance: relevance.front,
      })
      return chosen.map(({ id, product, score }) => ({
        product: { id },
        reason: 'POPULAR' as const,
        explanation: explain({ reason: 'POPULAR', ...recentCount(model.history, product) }),
        algorithm: front.algorithm,
        score,
      }))
    },
  }
}

interface Choice {
  readonly model: Model
  /** Of a list that is re-ranked for diversity: see `diversified`. */
  readonly relevance: number | undefined
  /** Whether something can be shown that speaks for a product. */
  hasEvidence(product: number): boolean
  readonly asked: Asked
}

interface Chosen extends Scored<number> {
  readonly id: string
  readonly name: string
}

/** The best, as many as are asked for. */
type Candidates = (limit: number) => readonly Scored<number>[]

/** The first of the candidates that can be bought now, and are not all alike. */
async function firstBuyable(candidates: Candidates, choice: Choice): Promise<Chosen[]> {
  const { asked, relevance } = choice
  const limit = asked.first
  if (relevance === undefined) return buyable(candidates, limit, choice)
  const found = await buyable(candidates, limit * 2, choice)
  return diversified(
    found.map((each) => ({ ...each, words: telling(each.name) })),
    { limit, relevance, similarity: (one, other) => nameLikeness(one.words, other.words) },
  )
}

/** Goes on until there are enough, or no more: what cannot be bought takes nobody's place. */
async function buyable(candidates: Candidates, wanted: number, choice: Choice): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  const seen = new Set<number>()
  let atOnce = wanted + spareOffers
  for (let limit = wanted + spare; ; limit *= growth) {
    const found = candidates(limit)
    // Asked for more, a recommender may order all of them anew.
    const unseen = found.filter(({ product }) => !seen.has(product))
    for (let from = 0; from < unseen.length && chosen.length < wanted;) {
      const some = unseen.slice(from, from + atOnce)
      chosen.push(...(await buyableOf(some, choice)))
      from += some.length
      if (seen.size > 0) atOnce *= 2
    }
    for (const { product } of unseen) seen.add(product)
    if (chosen.length >= wanted || found.length < limit) return chosen.slice(0, wanted)
  }
}

async function buyableOf(candidates: readonly Scored<number>[], choice: Choice): Promise<Chosen[]> {
  const { model, hasEvidence, asked } = choice
  const some = candidates.map((candidate) => ({ ...candidate, id: model.numbering.idOf(candidate.product) }))
  const offers = await offersOf(
    some.map(({ id }) => id),
    asked.loaders,
  )
  return some.flatMap((candidate) => {
    const offer = offers.get(candidate.id)
    const isGood = offer?.buyable === true && hasEvidence(candidate.product)
    return isGood ? [{ ...candidate, name: offer.name }] : []
  })
}

/** Each once; those that no basket holds have no number. */
function numbersOf(productIds: readonly string[], { numbering }: Model): number[] {
  return [...new Set(productIds)].flatMap((id) => numbering.numberOf(id) ?? [])
}

async function offersOf(
  productIds: readonly string[],
  { offers }: RecommendationLoaders,
): Promise<ReadonlyMap<string, Offer>> {
  const known = await foundOf(offers, productIds)
  return new Map(known.map((offer) => [offer.id, offer]))
}
