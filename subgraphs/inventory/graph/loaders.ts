import DataLoader from 'dataloader'

import type { InventoryStore, StockLevel } from '../stores/store.ts'

/** The stock of many variants in one statement. */
export function levelLoader(store: InventoryStore): DataLoader<string, StockLevel | undefined> {
  return new DataLoader(async (variantIds) => {
    const levels = new Map((await store.levels(variantIds)).map((level) => [level.variantId, level]))
    return variantIds.map((variantId) => levels.get(variantId))
  })
}
