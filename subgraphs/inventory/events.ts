import { commitStock, releaseStock, reserveStock } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import type { Contract } from '../../platform/messaging/contract.ts'
import { onAll, readsState, type Handler } from '../../platform/messaging/handler.ts'
import type { Database } from '../../platform/messaging/database.ts'
import type { OrderCommand } from './domain/inventory.ts'
import { stockStates } from './messages.ts'
import { moveStock } from './move-stock.ts'
import type { InventoryStore } from './stores/store.ts'

/** The commands of the checkout saga. Orders share the stock, so the commands of several are carried out together. */
export function checkoutHandlers({
  holdFor,
}: {
  /** In milliseconds. */ readonly holdFor: number
}): Handler<InventoryStore>[] {
  function onCommand<Data extends { orderId: string }>(
    contract: Contract<Data>,
    commandOf: (data: Data) => OrderCommand,
  ): Handler<InventoryStore> {
    return onAll(contract, async (messages, transaction) => {
      const commands = messages.map(({ data }) => commandOf(data))
      const { answers, states } = await moveStock(commands, { store: transaction.store, holdFor })
      transaction.publish(...states)
      return (_message, place) => {
        const answer = answers[place]
        if (answer !== undefined) transaction.publish(answer)
      }
    })
  }

  return [
    onCommand(reserveStock, ({ orderId, lines }) => ({ kind: 'RESERVE', orderId, lines })),
    onCommand(commitStock, ({ orderId, lines }) => ({ kind: 'COMMIT', orderId, lines })),
    onCommand(releaseStock, ({ orderId }) => ({ kind: 'RELEASE', orderId })),
  ]
}

/** Gives new variants their first stock, which happens once, and takes in what is sold no more. */
export function catalogueReader(database: Database<InventoryStore>): StateReader {
  return readsState(productState, 'inventory.catalogue', async (products) => {
    const first = products.flatMap(({ variants }) =>
      variants.map(({ variantId, initialStock }) => ({ variantId, quantity: initialStock })),
    )
    const statuses = products.flatMap(({ status, variants }) =>
      variants.map(({ variantId }) => ({ variantId, discontinued: status === 'DISCONTINUED' })),
    )
    await database.transaction(async ({ store, publish }) => {
      const fresh = await store.stockNewVariants(first)
      const gone = await store.applyStatus(statuses)
      const latest = new Map([...fresh, ...gone].map((level) => [level.variantId, level]))
      publish(...stockStates([...latest.values()]))
    })
  })
}
