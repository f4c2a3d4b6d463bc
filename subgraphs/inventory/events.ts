import { commitStock, releaseStock, reserveStock } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import type { Contract } from '../../platform/messaging/contract.ts'
import { parseMessage } from '../../platform/messaging/message.ts'
import { inTraceOf, onAll, type Handler } from '../../platform/messaging/handler.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import type { OrderCommand } from './domain/inventory.ts'
import { stockStates } from './messages.ts'
import { moveStock } from './move-stock.ts'
import type { InventoryStore } from './stores/store.ts'

interface EventDependencies {
  readonly database: Database
  storeIn(queryable: Queryable): InventoryStore
  /** How long a reservation holds, in milliseconds. */
  readonly holdFor: number
}

/** The commands of the checkout saga. Orders share the stock, so the commands of several are carried out together. */
export function checkoutHandlers({ storeIn, holdFor }: EventDependencies): Handler[] {
  function onCommand<Data extends { orderId: string }>(
    contract: Contract<Data>,
    commandOf: (data: Data) => OrderCommand,
  ): Handler {
    return onAll(contract, async (messages, transaction) => {
      const commands = messages.map(({ data }) => commandOf(data))
      const { answers, states } = await moveStock(commands, { store: storeIn(transaction), holdFor })
      for (const [place, message] of messages.entries()) {
        const answer = answers[place]
        if (answer !== undefined) inTraceOf(message, () => transaction.publish(answer))
      }
      transaction.publish(...states)
    })
  }

  return [
    onCommand(reserveStock, ({ orderId, lines }) => ({ kind: 'RESERVE', orderId, lines })),
    onCommand(commitStock, ({ orderId, lines }) => ({ kind: 'COMMIT', orderId, lines })),
    onCommand(releaseStock, ({ orderId }) => ({ kind: 'RELEASE', orderId })),
  ]
}

/** Gives new variants their first stock; those that have some already are left as they are. */
export function catalogueReader({ database, storeIn }: EventDependencies): StateReader {
  return {
    name: 'inventory.catalogue',
    types: [productState.type],
    async apply(messages) {
      const variants = messages.flatMap((message) => parseMessage(productState, message).data.variants)
      const first = variants.map(({ variantId, initialStock }) => ({ variantId, quantity: initialStock }))
      await database.transaction(async (transaction) => {
        transaction.publish(...stockStates(await storeIn(transaction).stockNewVariants(first)))
      })
    },
  }
}
