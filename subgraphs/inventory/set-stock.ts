import type { Database } from '../../platform/messaging/database.ts'
import { decideSetStock, type SetStockAnswer } from './domain/decide.ts'
import type { SetStock } from './domain/inventory.ts'
import { stockStates } from './messages.ts'
import { inventoryOf, stockChanges } from './move-stock.ts'
import type { InventoryStore } from './stores/store.ts'

export type SetStockOf = (count: SetStock) => Promise<SetStockAnswer>

/** Takes what was counted on the shelf. The same count again changes nothing, and nothing is published of it. */
export function settingStock(parts: { readonly database: Database<InventoryStore> }): SetStockOf {
  const { database } = parts
  return (count) =>
    database.transaction(async (transaction) => {
      const { store } = transaction
      const inventory = inventoryOf(new Map(), await store.lockLevels([count.variantId]))
      const { events, answer } = decideSetStock(count, inventory)
      if (events.length > 0) transaction.publish(...stockStates(await store.changeStock(stockChanges(events))))
      return answer
    })
}
