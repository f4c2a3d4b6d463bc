import { notificationSent, type NotificationSent } from '../../../contracts/notifications.ts'
import { orderCancelled, orderConfirmed, orderRejected } from '../../../contracts/orders.ts'
import { userSignedUp } from '../../../contracts/users.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { eventually, type Json } from '../../../tests/support/shopping.ts'
import {
  orderCancelledMessage,
  orderConfirmedMessage,
  orderRejectedMessage,
  userSignedUpMessage,
} from '../../../tests/support/messages.ts'
import type { Deliver } from '../delivery/mail.ts'

export interface Customer {
  readonly id: string
  readonly email: string
  readonly viewer: Viewer
  readonly imported?: boolean
}

export interface NotificationsUnderTest {
  readonly harness: Harness
  signUp(customer: Customer): Promise<void>
  /** Publishes that an order of the customer's has come to this; returns the order's id. */
  confirm(customer: Customer): Promise<string>
  reject(customer: Customer, reason: 'OUT_OF_STOCK' | 'PAYMENT_DECLINED'): Promise<string>
  cancel(customer: Customer): Promise<string>
  /** What was sent to the customer, once there are so many. */
  sent(customer: Customer, count: number): Promise<NotificationSent[]>
  /** `Order.notifications` as the viewer gets them. */
  notificationsOf(orderId: string, viewer: Viewer): Promise<Json>
}

export function newCustomer(): Customer {
  const id = newUuid()
  return { id, email: `${id}@example.org`, viewer: { kind: 'user', id, roles: ['SHOPPER'] } }
}

export async function startNotifications(deliver: Deliver): Promise<NotificationsUnderTest> {
  const harness = await createHarness({ retryPauses: Array.from({ length: 100 }, () => 20) })
  await harness.add('notifications', { deliver })

  return {
    harness,
    async signUp({ id: userId, email, imported }) {
      await harness.publish(userSignedUp, userSignedUpMessage({ userId, email, imported }))
    },
    async confirm(customer) {
      const message = orderConfirmedMessage({ userId: customer.id })
      await harness.publish(orderConfirmed, message)
      return message.key
    },
    async reject(customer, reason) {
      const message = orderRejectedMessage({ userId: customer.id, reason })
      await harness.publish(orderRejected, message)
      return message.key
    },
    async cancel(customer) {
      const message = orderCancelledMessage({ userId: customer.id })
      await harness.publish(orderCancelled, message)
      return message.key
    },
    sent: ({ id }, count) =>
      eventually(
        async () => {
          await harness.settled()
          const sent = await harness.published(notificationSent)
          return sent.map(({ data }) => data).filter(({ userId }) => userId === id)
        },
        ({ length }) => length >= count,
        { what: `${count} notifications are sent` },
      ),
    async notificationsOf(orderId, viewer) {
      const { data, errors } = await harness.ask('notifications', {
        viewer,
        query: `query ($of: [_Any!]!) { _entities(representations: $of) {
          ... on Order { notifications { id channel template status sentAt } } } }`,
        variables: { of: [{ __typename: 'Order', id: orderId }] },
      })
      if (errors.length > 0) throw new Error(JSON.stringify(errors))
      const answer: Json = data
      return answer._entities[0].notifications
    },
  }
}
