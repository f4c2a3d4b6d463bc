import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { notificationsConfig } from './config.ts'
import { mailDelivery } from './delivery/mail.ts'
import { postgresNotificationStores } from './stores/postgres/stores.ts'
import { createNotificationsSubgraph } from './subgraph.ts'

/** Notifications as a process of its own, on PostgreSQL. */
export const notificationsProcess = defineProcess({
  name: 'notifications',
  config: z.object({
    ...databaseOfItsOwn,
    ...notificationsConfig.shape,
    /** Where mail is written to while no SMTP_URL is set. */
    MAIL_FOLDER: z.string().default('.souk/mail'),
  }),
  create({ DATABASE_URL, SMTP_URL: url, MAIL_FROM: from, MAIL_FOLDER: folder }, { postgres, ...given }) {
    const stores = postgresNotificationStores(postgres(DATABASE_URL))
    return createNotificationsSubgraph({ ...given, stores }, { deliver: mailDelivery({ url, from, folder }) })
  },
})
