import { priceRange, sortName, type Product } from '../domain/product.ts'
import type { SearchMode } from '../search/query.ts'
import type { SearchResult } from '../search/product-index.ts'
import type { Sorting } from '../stores/store.ts'

/** By what a list is sorted; RANK is how well a text fits. */
export type SortedBy = Sorting['by']

/** The place of a product in a list: its sort key, and how a text was searched. */
export type Place = { readonly id: string } & (
  | { readonly by: 'RANK'; readonly mode: SearchMode; readonly rank: number }
  | { readonly by: 'NAME'; readonly mode?: SearchMode | undefined; readonly name: string }
  | {
      readonly by: 'PRICE_LOW_TO_HIGH' | 'PRICE_HIGH_TO_LOW'
      readonly mode?: SearchMode | undefined
      readonly price: number
    }
  | { readonly by: 'NEWEST'; readonly mode?: SearchMode | undefined; readonly createdAt: string }
)

export function placeOf(product: Product, by: SortedBy, search: SearchResult | undefined): Place {
  const { id } = product
  const mode = search?.mode
  switch (by) {
    case 'RANK': {
      const rank = search?.hits.findIndex((hit) => hit.id === id) ?? 0
      return { by, mode: mode ?? 'STRICT', rank: Math.max(0, rank), id }
    }
    case 'NAME':
      return { by, mode, name: sortName(product.name), id }
    case 'PRICE_LOW_TO_HIGH':
    case 'PRICE_HIGH_TO_LOW':
      return { by, mode, price: priceRange(product).lowest.amount, id }
    case 'NEWEST':
      return { by, mode, createdAt: product.createdAt.toISOString(), id }
  }
}

/** Where the page after `place` begins. */
export function sortingAfter(by: SortedBy, after: Place | undefined, search: SearchResult | undefined): Sorting {
  if (after === undefined) return { by }
  switch (after.by) {
    case 'RANK':
      return { by: 'RANK', after: rankAfter(after, search?.hits ?? []) }
    case 'NAME':
      return { by: 'NAME', after }
    case 'PRICE_LOW_TO_HIGH':
    case 'PRICE_HIGH_TO_LOW':
      return { by: after.by, after }
    case 'NEWEST':
      return { by: 'NEWEST', after: { createdAt: new Date(after.createdAt), id: after.id } }
  }
}

/**
 * How many hits come up to and with the last product of the page before. It is looked for in the fresh ranking, so that
 * what came in ahead of it neither repeats nor skips anything; where it is gone, the next has taken its rank.
 */
function rankAfter({ id, rank }: { id: string; rank: number }, hits: SearchResult['hits']): number {
  const found = hits.findIndex((hit) => hit.id === id)
  return found === -1 ? rank : found + 1
}
