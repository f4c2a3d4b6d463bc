import { z } from 'zod'

/** What can be set of this subgraph; environment variables of the same names. */
export const notificationsConfig = z.object({
  /** Where mail goes out; without it, mail is written to files. */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, hostname: /./ })
    .describe('an address such as smtp://mail.example.org or smtps://user:password@mail.example.org')
    .optional(),
  /** Who mail comes from. */
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/)
    .describe('an e-mail address such as Souk <orders@example.org>')
    .default('Souk <orders@souk.test>'),
})
