import { stemsOf } from './name-words.ts'
import { shortlist, type Scored } from '../ranking.ts'

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
  const entries = products.map((product, place) => ({ place, product, stems: stemsOf(product.name) }))
  const ofCategory = grouped(entries, ({ product }) => product.category.slug)
  const cosinesWith = cosinesAmong(entries)

  return {
    similarTo(product) {
      const cosines = cosinesWith(product.name)
      const list = shortlist<Scored<number>>(limit)
      for (const entry of new Set([...cosines.keys(), ...(ofCategory.get(product.category.slug) ?? [])])) {
        const score = scoreOf(product, entry.product, cosines.get(entry) ?? 0)
        if (entry.product.id !== product.id && score >= list.threshold()) list.offer({ product: entry.place, score })
      }
      return list.best()
    },
  }
}

function scoreOf(one: ComparedProduct, other: ComparedProduct, cosine: number): number {
  const category = one.category.slug === other.category.slug ? weights.category : 0
  return weights.words * cosine + category + weights.price * priceCloseness(one.price, other.price)
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

interface Entry {
  readonly place: number
  readonly product: ComparedProduct
  readonly stems: readonly string[]
}

/** For a name, its cosine with each entry that shares a word with it. */
function cosinesAmong(entries: readonly Entry[]): (name: string) => Map<Entry, number> {
  const occurrences = grouped(
    entries.flatMap(({ stems }) => stems),
    (stem) => stem,
  )
  // A word that no name has yet is as rare as one that a single name has.
  const rarityOf = (stem: string) => Math.log(1 + entries.length / (occurrences.get(stem)?.length ?? 1))
  const vectorOf = (stems: readonly string[]) => normalised(stems.map((stem) => ({ stem, weight: rarityOf(stem) })))
  const holders = grouped(
    entries.flatMap((entry) => vectorOf(entry.stems).map((coordinate) => ({ entry, ...coordinate }))),
    ({ stem }) => stem,
  )

  return (name) => {
    const cosines = new Map<Entry, number>()
    for (const { stem, weight } of vectorOf(stemsOf(name))) {
      for (const holder of holders.get(stem) ?? []) {
        cosines.set(holder.entry, (cosines.get(holder.entry) ?? 0) + weight * holder.weight)
      }
    }
    return cosines
  }
}

interface Coordinate {
  readonly stem: string
  readonly weight: number
}

function normalised(vector: readonly Coordinate[]): Coordinate[] {
  const length = Math.hypot(...vector.map(({ weight }) => weight))
  return vector.map(({ stem, weight }) => ({ stem, weight: weight / length }))
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
