import type { Product } from '../domain/product.ts'
import { placeOf, sortingAfter, type Place, type SortedBy } from './places.ts'
import type { ProductIndex } from '../search/product-index.ts'
import type { Criteria, ProductStore } from '../stores/store.ts'

export interface ListRequest {
  /** Empty where nothing is looked for. */
  readonly text: string
  readonly criteria: Omit<Criteria, 'ids'>
  readonly by: SortedBy
  readonly after: Place | undefined
  readonly first: number
}

export interface ListedProducts {
  readonly products: readonly { readonly product: Product; readonly place: Place }[]
  /** By which the whole list is counted. */
  readonly criteria: Criteria
}

export type ListProducts = (request: ListRequest) => Promise<ListedProducts>

/** One page of what is on sale: the index says what fits a text and how well, the store filters and sorts. */
export function listingProducts({ store, index }: { store: ProductStore; index: ProductIndex }): ListProducts {
  return async ({ text, criteria: wanted, by, after, first }) => {
    const search = text === '' ? undefined : index.search(text, after?.mode)
    const criteria = search === undefined ? wanted : { ...wanted, ids: search.hits.map(({ id }) => id) }
    const products = await store.page({ criteria, sorting: sortingAfter(by, after, search), first })
    return { criteria, products: products.map((product) => ({ product, place: placeOf(product, by, search) })) }
  }
}
