import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'

import { listen } from '../../platform/postgres/listen.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import { cancellingOrders } from './cancelling.ts'
import { carryingOn } from './checkout.ts'
import type { OrdersConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { repeatUnanswered } from './deadlines.ts'
import { orderNumber, orderNumberBytes } from './domain/order-number.ts'
import { answerHandlers } from './events.ts'
import { importerInto, type ImportDeliveredOrders } from './importing.ts'
import { orderLoader, stepLoader } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { placingOrders } from './placing.ts'
import { createResolvers } from './graph/resolvers.ts'
import { stateReaders } from './state-readers.ts'
import { newsChannel, postgresOrderStore, postgresReadModels } from './stores/postgres/store.ts'
import { createNews } from './waiting.ts'

export interface OrdersSubgraph extends Subgraph {
  /** For the seed. The subgraph must have been started. */
  readonly importDeliveredOrders: ImportDeliveredOrders
}

export function createOrdersSubgraph(dependencies: SubgraphDependencies, config: OrdersConfig): OrdersSubgraph {
  const { database, clock, newId, log } = dependencies
  const storeIn = postgresOrderStore
  const store = storeIn(database)
  const readModels = postgresReadModels(database)
  const news = createNews()
  const newNumber = () => orderNumber(randomBytes(orderNumberBytes))
  const stepDeadline = config.ORDERS_STEP_DEADLINE_MS
  const carryOn = carryingOn({ clock, stepDeadline, storeIn })
  const cartWait = config.ORDERS_CART_WAIT_MS
  const placeOrder = placingOrders({
    ...{ database, storeIn, readModels, news, clock, newId, newNumber },
    ...{ cartWait, stepDeadline },
  })
  const cancelOrder = cancellingOrders({
    ...{ database, storeIn, carryOn, news },
    cancelWait: config.ORDERS_CANCEL_WAIT_MS,
  })

  const subgraph = defineSubgraph<Context>(
    {
      name: 'orders',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      migrations: fileURLToPath(new URL('./stores/migrations', import.meta.url)),
      resolvers: createResolvers({ store, placeOrder, cancelOrder }),
      permissions,
      createContext: (viewer) => ({ viewer, orders: orderLoader(store), steps: stepLoader(store) }),
      handlers: answerHandlers({ storeIn, carryOn }),
      stateReaders: stateReaders(readModels),
      async startWorkers() {
        // Another replica may be the one that hears what a request here waits for.
        const listener = await listen({
          connection: database.pool.options,
          channel: newsChannel,
          log,
          onNotification: news.tell,
          onConnected: news.tellAll,
        })
        return [listener, repeatUnanswered({ database, log, carryOn, storeIn })]
      },
    },
    dependencies,
  )
  return { ...subgraph, importDeliveredOrders: importerInto({ database, newNumber, storeIn }) }
}
