import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { fileDelivery } from './delivery/mail.ts'
import {
  newCustomer,
  startNotifications,
  type Customer,
  type NotificationsUnderTest,
} from './testing/notifications-under-test.ts'

let folder: string
let souk: NotificationsUnderTest
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-mail-'))
  souk = await startNotifications(fileDelivery({ folder: join(folder, 'mail'), from: 'Souk <orders@souk.test>' }))
})
afterAll(async () => {
  await souk.harness.stop()
  await rm(folder, { recursive: true })
})

/** The mails to the customer, each as it would go over the wire. */
async function mailsTo({ email }: Customer): Promise<string[]> {
  const names = await readdir(join(folder, 'mail'))
  expect(names.filter((name) => !name.endsWith('.eml'))).toEqual([])
  const mails = await Promise.all(names.sort().map((name) => readFile(join(folder, 'mail', name), 'utf8')))
  return mails.filter((mail) => mail.includes(`To: ${email}`))
}

async function member(): Promise<Customer> {
  const customer = newCustomer()
  await souk.signUp(customer)
  await souk.sent(customer, 1)
  return customer
}

describe('a mail', () => {
  it('welcomes who has signed up', async () => {
    const customer = await member()
    const [mail = '', ...more] = await mailsTo(customer)
    expect(more).toEqual([])
    expect(mail).toContain('From: Souk <orders@souk.test>')
    expect(mail).toContain('Subject: Welcome to Souk')
    expect(mail).toContain('Hello Ada,')
    const [sent] = await souk.sent(customer, 1)
    expect(sent).toMatchObject({ userId: customer.id, channel: 'EMAIL', template: 'welcome' })
    expect(sent).not.toHaveProperty('orderId')
    expect(mail).toContain(`Message-ID: <${sent?.notificationId}@souk>`)
  })

  it('does not welcome whose account was brought along, and yet notifies them of their orders', async () => {
    const customer = { ...newCustomer(), imported: true }
    await souk.signUp(customer)
    await souk.confirm(customer)
    expect((await souk.sent(customer, 1)).map(({ template }) => template)).toEqual(['order-confirmed'])
  })

  it('notifies of each thing that becomes of an order', async () => {
    const customer = await member()
    const orders = [
      await souk.confirm(customer),
      await souk.reject(customer, 'PAYMENT_DECLINED'),
      await souk.cancel(customer),
    ]
    const sent = await souk.sent(customer, 4)
    expect(
      sent
        .filter(({ orderId }) => orderId !== undefined)
        .map(({ orderId }) => orderId)
        .sort(),
    ).toEqual([...orders].sort())
    const mails = (await mailsTo(customer)).join('\n')
    for (const words of ['is confirmed', 'could not be completed', 'is cancelled']) expect(mails).toContain(words)
  })

  it('is sent once, however often its reason is consumed', async () => {
    const customer = await member()
    await souk.confirm(customer)
    await souk.reject(customer, 'OUT_OF_STOCK')
    await souk.cancel(customer)
    await souk.sent(customer, 4)
    const before = await mailsTo(customer)
    expect(before).toHaveLength(4)
    await souk.harness.redeliver()
    expect(await mailsTo(customer)).toEqual(before)
    expect(await souk.sent(customer, 4)).toHaveLength(4)
  })

  it('about an order waits until the address is known', async () => {
    const customer = newCustomer()
    const orderId = await souk.confirm(customer)
    await souk.harness.settled()
    expect(await souk.notificationsOf(orderId, customer.viewer)).toEqual([])
    await souk.signUp(customer)
    const sent = await souk.sent(customer, 2)
    expect(sent.map(({ template }) => template).sort()).toEqual(['order-confirmed', 'welcome'])
  })
})

describe('the notifications of an order', () => {
  const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }
  let owner: Customer
  let orderId: string
  let notificationId: string
  beforeAll(async () => {
    owner = await member()
    orderId = await souk.confirm(owner)
    notificationId = (await souk.sent(owner, 2)).find((sent) => sent.orderId === orderId)?.notificationId ?? ''
  })

  function notification(viewer: Viewer, ...ids: string[]) {
    return souk.harness.ask('notifications', {
      viewer,
      query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { id template status } } }`,
      variables: { of: ids.map((id) => ({ __typename: 'Notification', id })) },
    })
  }

  it('are shown to whom they went, and to staff', async () => {
    for (const viewer of [owner.viewer, staff]) {
      const [shown, ...more] = await souk.notificationsOf(orderId, viewer)
      expect(more).toEqual([])
      expect(shown).toMatchObject({ id: notificationId, channel: 'EMAIL', template: 'order-confirmed', status: 'SENT' })
      expect(new Date(shown.sentAt).toISOString()).toBe(shown.sentAt)
      const { data } = await notification(viewer, notificationId)
      expect(data).toEqual({ _entities: [{ id: notificationId, template: 'order-confirmed', status: 'SENT' }] })
    }
  })

  it('are nothing to anybody else, as those that do not exist', async () => {
    const guest: Viewer = { kind: 'guest', id: owner.id }
    for (const viewer of [newCustomer().viewer, guest, visitor]) {
      expect(await souk.notificationsOf(orderId, viewer)).toEqual([])
      const { data, errors } = await notification(viewer, notificationId, newUuid(), 'nonsense')
      expect({ data, errors }).toEqual({ data: { _entities: [null, null, null] }, errors: [] })
    }
  })

  it('are none for an order that nobody was notified of', async () => {
    expect(await souk.notificationsOf(newUuid(), staff)).toEqual([])
    expect(await souk.notificationsOf('nonsense', staff)).toEqual([])
  })
})
