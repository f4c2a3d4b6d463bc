import { createWaiters, type Notifications } from '../messaging/notifications.ts'
import type { PostgresDatabase } from './database.ts'
import { listen } from './listen.ts'

/** For `pg_notify` in a statement; the payload is the key that is waited for. Sent at commit, to every process. */
export const notificationChannel = 'souk_changes'

/** Each subgraph has a database of its own, so one channel serves them all. */
export function postgresNotifications(database: PostgresDatabase): Notifications {
  const waiters = createWaiters()
  return {
    until: waiters.until,
    listen: () =>
      listen({
        connection: database.pool.options,
        channel: notificationChannel,
        log: database.log,
        onNotification: waiters.notify,
        onConnected: waiters.notifyAll,
      }),
  }
}
