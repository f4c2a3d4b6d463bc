import { boughtWith, type BoughtWith } from './domain/bought-with.ts'
import { explain } from './domain/explain.ts'
import { likenessOf } from './domain/similar/likeness.ts'
import type { NeighbourList } from './domain/co-purchase.ts'
import type { SimilarList } from './domain/similar/similar-lists.ts'
import type { Offer, RecommendationStore } from './stores/store.ts'

/** More candidates than are asked for, since some cannot be bought. */
const spare = 150
const mostRemembered = 200

const basketAlgorithm = 'co-purchase: shrunk cosine'
const similarAlgorithm = 'names, category and price: TF-IDF cosine'
const popularAlgorithm = 'popularity: the newest baskets count most'

type BasketReason = 'BOUGHT_TOGETHER' | 'FITS_YOUR_CART' | 'BASED_ON_YOUR_ORDERS'

export interface Recommendation {
  readonly product: { readonly id: string }
  readonly reason: BasketReason | 'SIMILAR' | 'POPULAR'
  readonly explanation: string
  readonly algorithm: string
  readonly score: number
}

/** Rows by their key; those asked for at the same moment are read in one statement. */
interface Batched<Row> {
  load(key: string): Promise<Row | undefined>
  /** An error in the place of each row that could not be read. */
  loadMany(keys: readonly string[]): Promise<(Row | undefined | Error)[]>
}

interface Loaders {
  readonly coPurchases: Batched<NeighbourList<string>>
  readonly similar: Batched<SimilarList>
  readonly offers: Batched<Offer>
}

interface Asked {
  readonly loaders: Loaders
  readonly first: number
}

export interface Recommending {
  boughtTogether(productId: string, asked: Asked): Promise<Recommendation[]>
  similar(productId: string, asked: Asked): Promise<Recommendation[]>
  boughtWith(productIds: readonly string[], asked: Asked): Promise<Recommendation[]>
  forCart(variantIds: readonly string[], asked: Asked): Promise<Recommendation[]>
  forUser(userId: string, asked: Asked): Promise<Recommendation[]>
  popular(asked: Asked, without?: readonly string[]): Promise<Recommendation[]>
}

/** What can be bought, best first, with what speaks for it. */
export function createRecommending(store: RecommendationStore): Recommending {
  async function fromBaskets(members: readonly string[], asked: Asked, reason: BasketReason) {
    const { loaders, first } = asked
    const lists = new Map(
      (await loaders.coPurchases.loadMany(members)).flatMap(found).map((list) => [list.product, list]),
    )
    const candidates = boughtWith({ members, listOf: (id) => lists.get(id), excluded: () => false, limit: spare })
    const chosen = await buyable(candidates, asked)
    const names = await offersOf(
      chosen.map(({ evidence }) => evidence.member),
      loaders,
    )
    return chosen.slice(0, first).map(({ product: id, score, evidence }: BoughtWith<string>) => ({
      product: { id },
      reason,
      explanation: explain({ reason, ...evidence, member: names.get(evidence.member)?.name ?? 'it' }),
      algorithm: basketAlgorithm,
      score,
    }))
  }

  const popular = (asked: Asked, without: readonly string[] = []) => fromPopularity(store, asked, without)

  return {
    popular,
    boughtTogether: (productId, asked) => fromBaskets([productId], asked, 'BOUGHT_TOGETHER'),
    boughtWith: (productIds, asked) => fromBaskets(productIds, asked, 'BOUGHT_TOGETHER'),

    async similar(productId, asked) {
      const [list, own] = await Promise.all([
        asked.loaders.similar.load(productId),
        asked.loaders.offers.load(productId),
      ])
      if (list === undefined || own === undefined) return []
      const offers = await offersOf(
        list.similar.map(({ product }) => product),
        asked.loaders,
      )
      return list.similar
        .flatMap(({ product: id, score }) => {
          const offer = offers.get(id)
          const likeness = offer?.buyable === true ? likenessOf(offer, own) : undefined
          if (likeness === undefined) return []
          const explanation = explain({ reason: 'SIMILAR', likeness })
          return [{ product: { id }, reason: 'SIMILAR' as const, explanation, algorithm: similarAlgorithm, score }]
        })
        .slice(0, asked.first)
    },

    async forCart(variantIds, asked) {
      const members = await store.productsOfVariants(variantIds)
      const fitting = await fromBaskets(members, asked, 'FITS_YOUR_CART')
      return fitting.length > 0 ? fitting : popular(asked, members)
    },

    async forUser(userId, asked) {
      const bought = await store.boughtBy(userId, mostRemembered)
      const fitting = await fromBaskets(bought, asked, 'BASED_ON_YOUR_ORDERS')
      return fitting.length > 0 ? fitting : popular(asked, bought)
    },
  }
}

async function fromPopularity(
  store: RecommendationStore,
  { loaders, first }: Asked,
  without: readonly string[],
): Promise<Recommendation[]> {
  const candidates = (await store.popular(first + without.length + spare)).filter(
    ({ product }) => !without.includes(product),
  )
  return (await buyable(candidates, { loaders, first })).map((candidate) => ({
    product: { id: candidate.product },
    reason: 'POPULAR',
    explanation: explain({ reason: 'POPULAR', ...candidate }),
    algorithm: popularAlgorithm,
    score: candidate.score,
  }))
}

async function offersOf(productIds: readonly string[], loaders: Loaders): Promise<Map<string, Offer>> {
  const offers = (await loaders.offers.loadMany(productIds)).flatMap(found)
  return new Map(offers.map((offer) => [offer.id, offer]))
}

/** The first of the candidates that can be bought now. Most can, so few more are looked at than are asked for. */
async function buyable<Candidate extends { readonly product: string }>(
  candidates: readonly Candidate[],
  { loaders, first }: Asked,
): Promise<Candidate[]> {
  const lookedAt = first * 2
  const chosen: Candidate[] = []
  for (let from = 0; from < candidates.length && chosen.length < first; from += lookedAt) {
    const some = candidates.slice(from, from + lookedAt)
    const offers = await offersOf(
      some.map(({ product }) => product),
      loaders,
    )
    chosen.push(...some.filter(({ product }) => offers.get(product)?.buyable === true))
  }
  return chosen.slice(0, first)
}

/** What a loader has found; its failures are thrown, not skipped. */
function found<Row>(row: Row | Error | undefined): Row[] {
  if (row instanceof Error) throw row
  return row === undefined ? [] : [row]
}
