import { stemsOf } from './name-words.ts'
import { at } from './packed-rows.ts'
import { shortlist, type Scored } from './ranking.ts'

/** What is compared of a product. */
export interface ComparedProduct {
  readonly id: string
  readonly name: string
  readonly category: { readonly slug: string; readonly name: string }
  /** Of its cheapest variant, in minor units. */
  readonly price: { readonly amount: number; readonly currency: string }
}

/** Finds what could stand in for a product, among those it was made of. */
export interface SimilarityIndex {
  /** Best first, by their places in the list; never the product itself. */
  similarTo(product: ComparedProduct): readonly Scored<number>[]
}

export const similarLimit = 30

/** They add up to 1; words say most of what a thing is. */
const weights = { words: 0.7, category: 0.15, price: 0.15 }

/**
 * Cosine of the words of the names, weighted by how rare they are (TF-IDF; G. Salton, C. Buckley, "Term-weighting
 * approaches in automatic text retrieval", 1988), and a share each for the same category and for how close the prices
 * are. What shares neither word nor category is not similar. Ties go to the earlier: give the products by id.
 */
export function similarityIndex(products: readonly ComparedProduct[], limit = similarLimit): SimilarityIndex {
  const cosinesWith = cosinesAmong(products.map(({ name }) => name))

  return {
    similarTo({ id, name, category, price }) {
      const cosines = cosinesWith(name)
      const list = shortlist<Scored<number>>(limit)
      for (const [place, other] of products.entries()) {
        const cosine = at(cosines, place)
        const shared = other.category.slug === category.slug ? weights.category : 0
        if (other.id !== id && cosine + shared > 0) {
          const score = weights.words * cosine + shared + weights.price * priceCloseness(price, other.price)
          if (score >= list.threshold()) list.offer({ product: place, score })
        }
      }
      return list.best()
    },
  }
}

/** A new or renamed product's list, as a full build over the catalogue with it would give. */
export function similarTo(
  product: ComparedProduct,
  catalogue: readonly ComparedProduct[],
  limit = similarLimit,
): Scored<string>[] {
  const products = [...catalogue.filter(({ id }) => id !== product.id), product].sort(byId)
  const similar = similarityIndex(products, limit).similarTo(product)
  return similar.flatMap(({ product: place, score }) =>
    products.slice(place, place + 1).map(({ id }) => ({ product: id, score })),
  )
}

function byId(left: ComparedProduct, right: ComparedProduct): number {
  return left.id < right.id ? -1 : 1
}

/** 1 for the same price, 0.5 for half or double of it. */
export function priceCloseness(one: ComparedProduct['price'], other: ComparedProduct['price']): number {
  if (one.currency !== other.currency) return 0
  const dearer = Math.max(one.amount, other.amount)
  return dearer === 0 ? 1 : Math.min(one.amount, other.amount) / dearer
}

/** For a name, its cosine with each of `names`; the array is used again at the next call. */
function cosinesAmong(names: readonly string[]): (name: string) => Float64Array {
  const stemLists = names.map(stemsOf)
  const frequencies = new Map<string, number>()
  for (const stem of stemLists.flat()) frequencies.set(stem, (frequencies.get(stem) ?? 0) + 1)
  const vectorOf = (stems: readonly string[]): Map<string, number> =>
    normalised(new Map(stems.map((stem) => [stem, Math.log(1 + names.length / (frequencies.get(stem) ?? 1))])))

  const holders = new Map<string, { place: number; weight: number }[]>()
  for (const [place, stems] of stemLists.entries()) {
    for (const [stem, weight] of vectorOf(stems)) {
      const known = holders.get(stem)
      if (known === undefined) holders.set(stem, [{ place, weight }])
      else known.push({ place, weight })
    }
  }

  const cosines = new Float64Array(names.length)
  return (name) => {
    cosines.fill(0)
    for (const [stem, weight] of vectorOf(stemsOf(name))) {
      for (const holder of holders.get(stem) ?? []) {
        cosines[holder.place] = at(cosines, holder.place) + weight * holder.weight
      }
    }
    return cosines
  }
}

function normalised(vector: ReadonlyMap<string, number>): Map<string, number> {
  const length = Math.hypot(...vector.values())
  return new Map(Array.from(vector, ([stem, weight]) => [stem, weight / length]))
}
