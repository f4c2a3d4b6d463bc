import type { Database } from '../../../platform/messaging/database.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { Traceparent } from '../../../platform/telemetry/traceparent.ts'
import type { Contact, Notification } from '../domain.ts'

export interface DueNotification {
  readonly notification: Notification
  /** Of the message that it was made for. */
  readonly traceparent: Traceparent | undefined
}

export interface NotificationStore {
  saveContact(contact: Contact): Promise<void>
  contact(userId: string): Promise<Contact | undefined>
  /** Its delivery belongs to the current trace. */
  insert(notification: Notification): Promise<void>
  byIds(ids: readonly string[]): Promise<Notification[]>
  /** Oldest first. */
  byOrders(orderIds: readonly string[]): Promise<Notification[]>
  /** @param pause milliseconds until its next attempt is due, by the store's clock */
  save(notification: Notification, pause: number): Promise<void>
  /** Takes queued notifications that are due, and hides them for `hideFor` milliseconds. */
  claimDue(limit: number, hideFor: number): Promise<DueNotification[]>
}

/** All that the composition hands in. */
export interface NotificationStores extends Stores<NotificationStore> {
  readonly database: Database<NotificationStore>
}
