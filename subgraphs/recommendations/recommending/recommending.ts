import { textSimilarity } from '../domain/configurations.ts'
import { explain } from '../domain/explain.ts'
import { likenessTo } from '../domain/similar/likeness.ts'
import type { ServedModel } from '../serving/follow.ts'
import type { RecommendationStore } from '../stores/store.ts'
import { choosing, spareOffers } from './choosing.ts'
import { foundOf, type Asked, type Recommendation } from './recommendation.ts'

/** Of these, the last bought, the next is foreseen. */
const mostRemembered = 200
/** Of a cart that no basket knows anything of, so many products are looked at. */
const mostCompared = 5

export interface Recommending {
  boughtTogether(productId: string, asked: Asked): Promise<Recommendation[]>
  similar(productId: string, asked: Asked): Promise<Recommendation[]>
  boughtWith(productIds: readonly string[], asked: Asked): Promise<Recommendation[]>
  forCart(variantIds: readonly string[], asked: Asked): Promise<Recommendation[]>
  forUser(userId: string, asked: Asked): Promise<Recommendation[]>
  popular(asked: Asked): Promise<Recommendation[]>
}

/** What can be bought, best first, with what speaks for it. */
export function createRecommending(store: RecommendationStore, served: ServedModel): Recommending {
  const { fromBaskets, fromPopularity, offersOf } = choosing(served)

  async function similar(productId: string, { loaders, first }: Asked): Promise<Recommendation[]> {
    const [list, own] = await Promise.all([loaders.similar.load(productId), loaders.offers.load(productId)])
    if (list === undefined || own === undefined) return []
    const likeness = likenessTo(own)
    const found: Recommendation[] = []
    const atOnce = first + spareOffers
    for (let from = 0; from < list.similar.length && found.length < first; from += atOnce) {
      const some = list.similar.slice(from, from + atOnce)
      const ids = some.map(({ product }) => product)
      const offers = await offersOf(ids, loaders)
      for (const { product: id, score } of some) {
        const offer = offers.get(id)
        const inCommon = found.length < first && offer?.buyable === true ? likeness(offer) : undefined
        if (inCommon === undefined) continue
        const explanation = explain({ reason: 'SIMILAR', likeness: inCommon })
        found.push({ product: { id }, reason: 'SIMILAR', explanation, algorithm: textSimilarity, score })
      }
    }
    return found
  }

  /** What is known of the members, then what is like them, then what is popular: a new product is no dead end. */
  function forMembers(members: readonly string[], fitting: Promise<Recommendation[]>, asked: Asked) {
    const likeThem = async () =>
      (await Promise.all(members.slice(0, mostCompared).map((member) => similar(member, asked)))).flat()
    return firstOf(asked.first, new Set(members), [() => fitting, likeThem, () => fromPopularity(members, asked)])
  }

  return {
    similar,
    popular: (asked) => fromPopularity([], asked),
    boughtTogether: (productId, asked) =>
      fromBaskets({ members: [productId], surface: 'page', reason: 'BOUGHT_TOGETHER' }, asked),
    boughtWith: (members, asked) => fromBaskets({ members, surface: 'cart', reason: 'BOUGHT_TOGETHER' }, asked),

    async forCart(variantIds, asked) {
      const members = [...new Set(await foundOf(asked.loaders.products, variantIds))]
      const fitting = fromBaskets({ members, surface: 'cart', reason: 'FITS_YOUR_CART' }, asked)
      return forMembers(members, fitting, asked)
    },

    async forUser(userId, asked) {
      const members = await store.boughtBy(userId, mostRemembered)
      const fitting = fromBaskets({ members, surface: 'home', reason: 'BASED_ON_YOUR_ORDERS' }, asked)
      return forMembers(members, fitting, asked)
    },
  }
}

/** Each product once, from the first source that has it; a later source is asked where those before have too few. */
async function firstOf(
  first: number,
  without: ReadonlySet<string>,
  sources: readonly (() => Promise<Recommendation[]>)[],
): Promise<Recommendation[]> {
  const chosen = new Map<string, Recommendation>()
  for (const source of sources) {
    if (chosen.size >= first) break
    for (const found of await source()) {
      const { id } = found.product
      if (!without.has(id) && !chosen.has(id)) chosen.set(id, found)
    }
  }
  return [...chosen.values()].slice(0, first)
}
