import { notificationSent } from '../../../contracts/notifications.ts'
import { outgoing } from '../../../platform/messaging/message.ts'
import type { Clock } from '../../../platform/clock.ts'
import { doDueWork, type DueWork } from '../../../platform/work/due-work.ts'
import { asError } from '../../../platform/errors.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import { afterAttempt, type Notification } from '../domain.ts'
import type { DueNotification, NotificationStore } from '../stores/store.ts'
import type { Deliver } from './mail.ts'

/** Milliseconds a claimed notification is left to whoever delivers it; longer than all steps of SMTP may take (mail.ts). */
const hideFor = 240_000

/** Delivers what is queued and due, and records what came of it. */
export function deliverNotifications(parts: {
  readonly database: Database<NotificationStore>
  readonly clock: Clock
  readonly log: Logger
  readonly deliver: Deliver
}): DueWork {
  const { database, clock, log, deliver } = parts

  async function attempt(notification: Notification): Promise<boolean> {
    try {
      await deliver(notification)
      return true
    } catch (thrown) {
      log.warn({ err: asError(thrown), notificationId: notification.id }, 'a notification could not be delivered')
      return false
    }
  }

  return doDueWork<DueNotification>({
    name: 'delivery of notifications',
    log,
    concurrency: 4,
    claim: (limit) => database.store.claimDue(limit, hideFor),
    traceOf: ({ traceparent }) => traceparent,
    async perform({ notification: due }) {
      const { notification, pause } = afterAttempt(due, { delivered: await attempt(due), at: clock() })
      await database.transaction(async (transaction) => {
        await transaction.store.save(notification, pause)
        if (notification.sentAt !== null) transaction.publish(sent(notification, notification.sentAt))
      })
    },
  })
}

function sent({ id, userId, orderId, channel, template }: Notification, sentAt: Date) {
  return outgoing(notificationSent, {
    key: id,
    version: 1,
    data: {
      notificationId: id,
      userId,
      ...(orderId === null ? {} : { orderId }),
      channel,
      template,
      sentAt: sentAt.toISOString(),
    },
  })
}
