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
import type { NotificationStore, NotificationStores } from './stores/store.ts'

export function createNotificationsSubgraph(
  dependencies: SubgraphDependencies<NotificationStores>,
  { deliver }: { deliver: Deliver },
): Subgraph {
  const { stores, clock, log, newId } = dependencies
  const { database } = stores
  let delivery: DueWork | undefined
  return defineSubgraph<Context, NotificationStore>(
    {
      name: 'notifications',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers,
      permissions,
      createContext: (viewer) => ({
        viewer,
        notifications: notificationLoader(database.store),
        notificationsOfOrders: orderNotificationsLoader(database.store),
      }),
      handlers: notificationHandlers({ newId, wakeDelivery: () => delivery?.wake() }),
      startWorkers() {
        delivery = deliverNotifications({ database, clock, log, deliver })
        return [delivery]
      },
    },
    dependencies,
  )
}
