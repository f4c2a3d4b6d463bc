import { z } from 'zod'

/** What can be set of this subgraph; environment variables of the same names. */
export const notificationsConfig = z.object({
  /** Where mail goes out; without it, mail is written to files. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'expected smtp://... or smtps://...' }).optional(),
  /** Who mail comes from. */
  MAIL_FROM: z.string().default('Souk <orders@souk.test>'),
})
