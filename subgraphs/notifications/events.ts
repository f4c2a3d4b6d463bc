import { orderCancelled, orderConfirmed, orderRejected } from '../../contracts/orders.ts'
import { userSignedUp } from '../../contracts/users.ts'
import type { NewId } from '../../platform/ids.ts'
import { on, type Handler } from '../../platform/messaging/handler.ts'
import type { Transaction } from '../../platform/messaging/database.ts'
import { compose, type Occasion } from './domain.ts'
import type { NotificationStore } from './stores/store.ts'

/** The events that users get a notification of. */
export function notificationHandlers(dependencies: {
  readonly newId: NewId
  wakeDelivery(): void
}): Handler<NotificationStore>[] {
  const { newId, wakeDelivery } = dependencies

  async function queue(userId: string, occasion: Occasion, transaction: Transaction<NotificationStore>): Promise<void> {
    const { store } = transaction
    const contact = await store.contact(userId)
    // The bus tries again later: a user's sign-up may arrive after the first order.
    if (contact === undefined) throw new Error(`no contact is known yet of user ${userId}`)
    await store.insert(compose(occasion, { id: newId(), contact }))
    transaction.afterCommit(wakeDelivery)
  }

  return [
    on(userSignedUp, async ({ data: { imported = false, ...contact } }, transaction) => {
      await transaction.store.saveContact(contact)
      if (!imported) await queue(contact.userId, { template: 'welcome' }, transaction)
    }),
    on(orderConfirmed, ({ data }, transaction) =>
      queue(data.userId, { template: 'order-confirmed', ...data }, transaction),
    ),
    on(orderRejected, ({ data }, transaction) =>
      queue(data.userId, { template: 'order-rejected', ...data }, transaction),
    ),
    on(orderCancelled, ({ data }, transaction) =>
      queue(data.userId, { template: 'order-cancelled', ...data }, transaction),
    ),
  ]
}
