import { fileURLToPath } from 'node:url'

import type { DueWork } from '../../platform/work/due-work.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { Context } from './graph/context.ts'
import { deliverNotifications } from './delivery/deliver.ts'
import type { Deliver } from './delivery/mail.ts'
import { notificationHandlers } from './events.ts'
import { notificationLoader, orderNotificationsLoader } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { resolvers } from './graph/resolvers.ts'
import { postgresNotificationStore } from './stores/postgres/store.ts'

export function createNotificationsSubgraph(
  dependencies: SubgraphDependencies,
  { deliver }: { deliver: Deliver },
): Subgraph {
  const { database, clock, log, newId } = dependencies
  const storeIn = postgresNotificationStore
  let delivery: DueWork | undefined
  return defineSubgraph<Context>(
    {
      name: 'notifications',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      migrations: fileURLToPath(new URL('./stores/migrations', import.meta.url)),
      resolvers,
      permissions,
      createContext: (viewer) => ({
        viewer,
        notifications: notificationLoader(storeIn(database)),
        notificationsOfOrders: orderNotificationsLoader(storeIn(database)),
      }),
      handlers: notificationHandlers({ storeIn, newId, wakeDelivery: () => delivery?.wake() }),
      startWorkers() {
        delivery = deliverNotifications({ database, clock, log, deliver, storeIn })
        return [delivery]
      },
    },
    dependencies,
  )
}
