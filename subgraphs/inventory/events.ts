import { commitStock, releaseStock, reserveStock } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/messaging/bus.ts'
import type { Contract } from '../../platform/messaging/contract.ts'
import { parseMessage } from '../../platform/messaging/message.ts'
import { inTraceOf, onAll, type Handler } from '../../platform/messaging/handler.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import { carryOut, stockStates } from './checkout.ts'
import type { Command } from './domain.ts'
import type { InventoryStore } from './stores/store.ts'

interface EventDependencies {
  readonly database: Database
  storeIn(queryable: Queryable): InventoryStore
  /** How long a reservation holds, in milliseconds. */
  readonly holdFor: number
}

/** The commands of the checkout saga. Orders share the shelf, so the commands of several are carried out as one. */
export function checkoutHandlers({ storeIn, holdFor }: EventDependencies): Handler[] {
  function onCommand<Data extends { orderId: string }>(
    contract: Contract<Data>,
    commandOf: (data: Data) => Command,
  ): Handler {
    return onAll(contract, async (messages, transaction) => {
      const commands = messages.map(({ data }) => ({ orderId: data.orderId, command: commandOf(data) }))
      const { answers, levels } = await carryOut(commands, { store: storeIn(transaction), holdFor })
      for (const [place, message] of messages.entries()) {
        inTraceOf(message, () => transaction.publish(...answers.slice(place, place + 1)))
      }
      transaction.publish(...stockStates(levels))
    })
  }

  return [
    onCommand(reserveStock, ({ lines }) => ({ kind: 'RESERVE', lines })),
    onCommand(commitStock, ({ lines }) => ({ kind: 'COMMIT', lines })),
    onCommand(releaseStock, () => ({ kind: 'RELEASE', why: 'ASKED' })),
  ]
}

/** Puts new variants on the shelf; hearing of them again changes nothing. */
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
