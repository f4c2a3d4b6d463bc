import { commitStock, releaseStock, reserveStock } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import type { StateReader } from '../../platform/bus/bus.ts'
import { parseMessage } from '../../platform/bus/message.ts'
import { on, type Handler } from '../../platform/messaging/consumer.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import { carryOut, stockStates } from './checkout.ts'
import type { InventoryStore } from './store.ts'

interface EventDependencies {
  readonly database: Database
  storeIn(queryable: Queryable): InventoryStore
  /** How long a reservation holds, in milliseconds. */
  readonly holdFor: number
}

/** The commands of the checkout saga. */
export function checkoutHandlers({ storeIn, holdFor }: EventDependencies): Handler[] {
  return [
    on(reserveStock, async ({ data: { orderId, lines } }, transaction) => {
      const carried = { store: storeIn(transaction), orderId, holdFor }
      transaction.say(...(await carryOut({ kind: 'RESERVE', lines }, carried)))
    }),
    on(commitStock, async ({ data: { orderId, lines } }, transaction) => {
      const carried = { store: storeIn(transaction), orderId, holdFor }
      transaction.say(...(await carryOut({ kind: 'COMMIT', lines }, carried)))
    }),
    on(releaseStock, async ({ data: { orderId } }, transaction) => {
      const carried = { store: storeIn(transaction), orderId, holdFor }
      transaction.say(...(await carryOut({ kind: 'RELEASE', why: 'ASKED' }, carried)))
    }),
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
        transaction.say(...stockStates(await storeIn(transaction).stockNewVariants(first)))
      })
    },
  }
}
