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
import type { Asked, BasketReason, Recommendation, RecommendationLoaders } from './recommendation.ts'

/** More candidates than are asked for, since some cannot be bought. */
const spare = 150
/** Of these, so many more are looked up at a time than are wanted: most can be bought. */
const spareOffers = 10

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
      const candidates = recommender.recommend({ members: numbers, limit: asked.first + spare })
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
      const candidates = front.recommend({ members: numbersOf(without, model), limit: asked.first + spare })
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

/** The first of the candidates that can be bought now, and are not all alike. */
async function firstBuyable(candidates: readonly Scored<number>[], choice: Choice): Promise<Chosen[]> {
  const { asked, relevance } = choice
  const limit = asked.first
  if (relevance === undefined) return buyable(candidates, limit, choice)
  const found = await buyable(candidates, limit * 2, choice)
  return diversified(
    found.map((each) => ({ ...each, words: telling(each.name) })),
    { limit, relevance, similarity: (one, other) => nameLikeness(one.words, other.words) },
  )
}

async function buyable(
  candidates: readonly Scored<number>[],
  wanted: number,
  { model, hasEvidence, asked: { loaders } }: Choice,
): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  for (let from = 0; from < candidates.length && chosen.length < wanted; from += wanted + spareOffers) {
    const some = candidates
      .slice(from, from + wanted + spareOffers)
      .map((candidate) => ({ ...candidate, id: model.numbering.idOf(candidate.product) }))
    const offers = await offersOf(
      some.map(({ id }) => id),
      loaders,
    )
    for (const candidate of some) {
      const offer = offers.get(candidate.id)
      if (offer?.buyable !== true || chosen.length === wanted) continue
      if (hasEvidence(candidate.product)) chosen.push({ ...candidate, name: offer.name })
    }
  }
  return chosen
}

/** Each once; those that no basket holds have no number. */
function numbersOf(productIds: readonly string[], { numbering }: Model): number[] {
  return [...new Set(productIds)].flatMap((id) => numbering.numberOf(id) ?? [])
}

async function offersOf(
  productIds: readonly string[],
  { offers }: RecommendationLoaders,
): Promise<ReadonlyMap<string, Offer>> {
  const known = (await offers.loadMany(productIds)).flatMap(found)
  return new Map(known.map((offer) => [offer.id, offer]))
}

/** What a loader has found; its failures are thrown, not skipped. */
function found<Row>(row: Row | Error | undefined): Row[] {
  if (row instanceof Error) throw row
  return row === undefined ? [] : [row]
}
