import { keyedBy, loadersOf, type Loader } from '../../../platform/work/loaders.ts'
import type { SimilarList } from '../domain/similar/similar-lists.ts'
import type { Offer, RecommendationStore } from '../stores/store.ts'

/** What one request asks of the store, each kind in one statement with other requests. */
export interface Loaders {
  readonly similar: Loader<SimilarList>
  readonly offers: Loader<Offer>
  /** The product of a variant. */
  readonly products: Loader<string>
}

export function loadersFrom(store: RecommendationStore): () => Loaders {
  const similar = loadersOf(async (ids) => keyedBy(await store.similarLists(ids), ({ product }) => product))
  const offers = loadersOf(async (ids) => keyedBy(await store.offers(ids), ({ id }) => id))
  const products = loadersOf((variantIds) => store.productsOfVariants(variantIds))
  return () => ({ similar: similar(), offers: offers(), products: products() })
}
