import { createServer, type AddressInfo } from 'node:net'

import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'

import { newUuid } from '../../../platform/ids.ts'
import { eventually } from '../../../tests/support/shopping.ts'
import { newCustomer, startNotifications } from '../testing/notifications-under-test.ts'
import { smtpDelivery } from './mail.ts'

const from = 'Souk <orders@souk.test>'
let closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing) await close()
  closing = []
})

/** A mail server that answers `refusals` first, one a mail, and then takes what comes. */
async function mailServer(...refusals: { code: number; words: string }[]) {
  const taken: { sender: string; recipients: string[]; mail: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const refusal = refusals.shift()
        if (refusal !== undefined) {
          callback(Object.assign(new Error(refusal.words), { responseCode: refusal.code }))
          return
        }
        const { mailFrom, rcptTo } = session.envelope
        const sender = mailFrom === false ? '' : mailFrom.address
        taken.push({ sender, recipients: rcptTo.map(({ address }) => address), mail: Buffer.concat(parts).toString() })
        callback()
      })
    },
  })
  server.on('error', () => undefined)
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => resolve(portOf(listener.address())))
  })
  closing.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return { url: `smtp://127.0.0.1:${port}`, taken }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}

async function startWith(url: string) {
  const souk = await startNotifications(smtpDelivery({ url, from }))
  closing.unshift(() => souk.harness.stop())
  return souk
}

async function statusOf(souk: Awaited<ReturnType<typeof startWith>>, userId: string) {
  const { rows } = await souk.harness
    .databaseOf('notifications')
    .query<{ status: string; attempts: number }>('select status, attempts from notification where user_id = $1', [
      userId,
    ])
  return rows[0]
}

describe('mail by SMTP', () => {
  it('reaches the server whole, from us, to the customer', async () => {
    const { url, taken } = await mailServer()
    const souk = await startWith(url)
    const customer = newCustomer()
    await souk.signUp(customer)
    const [sent] = await souk.sent(customer, 1)
    expect(taken).toMatchObject([{ sender: 'orders@souk.test', recipients: [customer.email] }])
    expect(taken[0]?.mail).toContain(`Message-ID: <${sent?.notificationId}@souk>`)
    expect(taken[0]?.mail).toContain('Subject: Welcome to Souk')
  })

  it('that is put off is tried again, and is then sent once', async () => {
    const { url, taken } = await mailServer({ code: 451, words: 'come back later' }, { code: 421, words: 'and again' })
    const souk = await startWith(url)
    const customer = newCustomer()
    await souk.signUp(customer)
    await eventually(
      () => statusOf(souk, customer.id),
      (row) => row?.attempts === 1,
      { what: 'the first attempt to deliver' },
    )
    expect(await statusOf(souk, customer.id)).toEqual({ status: 'QUEUED', attempts: 1 })
    expect(taken).toEqual([])
    await souk.sent(customer, 1)
    expect(taken).toHaveLength(1)
    expect(await statusOf(souk, customer.id)).toEqual({ status: 'SENT', attempts: 2 })
  })

  it('to a server that is not there fails, and stays queued', async () => {
    const nobody = createServer()
    const port = await new Promise<number>((resolve) => {
      nobody.listen(0, '127.0.0.1', () => resolve(portOf(nobody.address())))
    })
    await new Promise((resolve) => nobody.close(resolve))
    const souk = await startWith(`smtp://127.0.0.1:${port}`)
    const customer = { ...newCustomer(), id: newUuid() }
    await souk.signUp(customer)
    await eventually(
      () => statusOf(souk, customer.id),
      (row) => row?.attempts === 1,
      { what: 'the first attempt to deliver' },
    )
    expect(await statusOf(souk, customer.id)).toEqual({ status: 'QUEUED', attempts: 1 })
  })
})
