import { randomBytes } from 'node:crypto'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import { cancellingOrders } from './cancel-order.ts'
import { advancingOrders } from './saga/advance-order.ts'
import type { OrdersConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { repeatUnanswered } from './saga/repeat-unanswered.ts'
import { orderNumber, orderNumberBytes } from './domain/order-number.ts'
import { answerHandlers } from './events.ts'
import { importerInto, type ImportDeliveredOrders } from './import-orders.ts'
import { orderLoader, stepLoader } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { placingOrders } from './place-order/place-order.ts'
import { createResolvers } from './graph/resolvers.ts'
import { stateReaders } from './state-readers.ts'
import type { OrderStore, OrderStores } from './stores/store.ts'

export interface OrdersSubgraph extends Subgraph {
  /** For the seed. The subgraph must have been started. */
  readonly importDeliveredOrders: ImportDeliveredOrders
}

export function createOrdersSubgraph(
  dependencies: SubgraphDependencies<OrderStores>,
  config: OrdersConfig,
): OrdersSubgraph {
  const { stores, clock, newId, log } = dependencies
  const { database, readModels, notifications } = stores
  const { store } = database
  const newNumber = () => orderNumber(randomBytes(orderNumberBytes))
  const stepDeadline = config.ORDERS_STEP_DEADLINE_MS
  const advanceOrder = advancingOrders({ clock, stepDeadline })
  const cartWait = config.ORDERS_CART_WAIT_MS
  const placeOrder = placingOrders({
    ...{ database, readModels, notifications, clock, newId, newNumber },
    ...{ cartWait, stepDeadline },
  })
  const cancelOrder = cancellingOrders({
    ...{ database, advanceOrder, notifications },
    cancelWait: config.ORDERS_CANCEL_WAIT_MS,
  })

  const subgraph = defineSubgraph<Context, OrderStore>(
    {
      name: 'orders',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers({ store, placeOrder, cancelOrder }),
      permissions,
      createContext: (viewer) => ({ viewer, orders: orderLoader(store), steps: stepLoader(store) }),
      handlers: answerHandlers({ advanceOrder }),
      stateReaders: stateReaders(readModels),
      async startWorkers() {
        // Another replica may be the one that reads or writes what a request here waits for.
        const listener = await notifications.listen()
        return [listener, repeatUnanswered({ database, log, advanceOrder })]
      },
    },
    dependencies,
  )
  return { ...subgraph, importDeliveredOrders: importerInto({ database, newNumber }) }
}
