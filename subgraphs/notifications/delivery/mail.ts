import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { createTransport } from 'nodemailer'

import type { Notification } from '../domain.ts'

/** Hands one notification to whoever carries it on. Rejects when that could not be done. */
export type Deliver = (notification: Notification) => Promise<void>

/** Milliseconds the mail server may take for each step: finding it, connecting, its greeting, the answer to a command. */
const patience = 20_000

interface Mail {
  readonly url: string | undefined
  readonly from: string
  readonly folder: string
}

/** By the mail server where there is one, and else into files of the folder. */
export function mailDelivery({ url, from, folder }: Mail): Deliver {
  return url === undefined ? fileDelivery({ folder, from }) : smtpDelivery({ url, from })
}

/** Sends by SMTP. @param url such as `smtps://user:password@mail.example.org` */
export function smtpDelivery({ url, from }: { url: string; from: string }): Deliver {
  const transport = createTransport({
    url,
    dnsTimeout: patience,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  })
  return async (notification) => {
    await transport.sendMail(mailOf(notification, from))
  }
}

/** Writes each mail into the folder as `<id>.eml`, whole or not at all; mail programs open such files. */
export function fileDelivery({ folder, from }: { folder: string; from: string }): Deliver {
  const transport = createTransport({ streamTransport: true, buffer: true })
  return async (notification) => {
    const { message } = await transport.sendMail(mailOf(notification, from))
    if (!Buffer.isBuffer(message)) throw new Error('the mail was not built in one piece')
    await mkdir(folder, { recursive: true })
    const path = join(folder, `${notification.id}.eml`)
    await writeFile(`${path}.part`, message)
    await rename(`${path}.part`, path)
  }
}

/** The id of the message is the notification's, so that a mail sent twice is known to be one. */
function mailOf({ id, recipient, subject, text }: Notification, from: string) {
  return { from, to: recipient, subject, text, messageId: `<${id}@souk>` }
}
