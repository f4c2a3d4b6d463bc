import { keyedBy, loadersOf, type Loader } from '../../../platform/work/loaders.ts'
import type { InventoryStore, StockLevel } from '../stores/store.ts'

/** The stock of many variants, and of many requests, in one statement. */
export function levelLoaders(store: InventoryStore): () => Loader<StockLevel> {
  return loadersOf(async (variantIds) => keyedBy(await store.levels(variantIds), ({ variantId }) => variantId))
}
