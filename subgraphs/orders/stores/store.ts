import type { Database } from '../../../platform/messaging/database.ts'
import type { Notifications } from '../../../platform/messaging/notifications.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { ReadModels } from './read-models.ts'
import type { OrderStatus } from '../domain/checkout.ts'
import type { Step } from '../domain/history.ts'
import type { Order } from '../domain/order.ts'

/** A place in a list of orders, which is sorted newest first. */
export interface OrderPosition {
  readonly placedAt: Date
  readonly id: string
}

export interface OrderFilter {
  readonly userId?: string
  readonly status?: OrderStatus
}

export interface IdempotencyKey {
  readonly key: string
  /** Of the input it came with. */
  readonly digest: string
}

/** What the saga needs of an order beside what anybody may see of it. */
export interface OpenOrder {
  readonly order: Order
  /** Gone once the payment is settled. */
  readonly paymentMethodToken: string | null
}

export interface Waiting {
  /** Milliseconds by the store's clock until what is owed is sent again; null when nothing is awaited. */
  readonly patience: number | null
}

export interface DueOrder {
  readonly orderId: string
  readonly version: number
}

export interface OrderStore {
  byIds(ids: readonly string[]): Promise<Order[]>
  /** Newest first. */
  list(filter: OrderFilter, page: { first: number; after: OrderPosition | undefined }): Promise<Order[]>
  count(filter: OrderFilter): Promise<number>
  /** The steps of all these orders, oldest first. */
  steps(orderIds: readonly string[]): Promise<(Step & { readonly orderId: string })[]>

  /** What the user's key stands for, if it has been used. */
  keyed(userId: string, key: string): Promise<{ readonly orderId: string; readonly digest: string } | undefined>
  /** Whether this version of the cart has an order that stands. */
  isOrdered(cart: { readonly cartId: string; readonly version: number }): Promise<boolean>
  /**
   * Writes the order with its lines, its first steps and the key it came with, or nothing.
   * @returns false when the key, the number or the cart's version is taken
   */
  insert(
    placed: OpenOrder & Waiting & { readonly steps: readonly Step[]; readonly key: IdempotencyKey },
  ): Promise<boolean>

  /** Those that there are, by id. Locked until the transaction ends, in the order of ids. */
  lock(orderIds: readonly string[]): Promise<ReadonlyMap<string, OpenOrder>>
  /** Saves what can change of an order, with the steps that changed it; notifies those who wait for its end. */
  save(order: Order, change: Waiting & { readonly steps: readonly Step[] }): Promise<void>
  /** Keeps steps that changed nothing. */
  keep(orderId: string, steps: readonly Step[]): Promise<void>
  /** Takes orders whose answers are overdue, and hides them for `hideFor` milliseconds. */
  claimDue(limit: number, hideFor: number): Promise<DueOrder[]>

  /** For the demo's past orders; those that are there already are left as they are. */
  importPast(orders: readonly { readonly order: Order; readonly steps: readonly Step[] }[]): Promise<void>
}

/** All that the composition hands in. */
export interface OrderStores extends Stores<OrderStore> {
  readonly database: Database<OrderStore>
  readonly readModels: ReadModels
  readonly notifications: Notifications
}

/** Notified when there is another version of the user's cart. */
export const cartChanged = (userId: string) => `cart:${userId}`

/** Notified when the order has been rejected or cancelled. */
export const orderEnded = (orderId: string) => `order:${orderId}`
