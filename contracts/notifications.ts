import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { id, instant } from './values.ts'

/** Keyed by the notification's id. */
export const notificationSent = contract({
  type: 'notifications.NotificationSent',
  stream: 'log',
  data: z.object({
    notificationId: id,
    userId: id,
    orderId: id.optional(),
    channel: z.enum(['EMAIL', 'SMS', 'PUSH', 'WEBHOOK']),
    template: z.string(),
    sentAt: instant,
  }),
})
export type NotificationSent = DataOf<typeof notificationSent>
