import { busLaws } from '../platform/bus/postgres/laws.ts'
import type { BusLaws, OutboxFacts } from '../platform/laws/facts.ts'
import type { Questions } from '../platform/laws/law.ts'
import { outboxFacts } from '../platform/postgres/messaging/outbox-laws.ts'
import { cartLaws, type CartLaws } from '../subgraphs/cart/laws.ts'
import { inventoryLaws } from '../subgraphs/inventory/laws.ts'
import { notificationsLaws } from '../subgraphs/notifications/laws.ts'
import { ordersLaws } from '../subgraphs/orders/laws.ts'
import { paymentsLaws } from '../subgraphs/payments/laws.ts'
import { testLedgerFacts } from '../subgraphs/payments/provider/laws.ts'
import { productsLaws, type ProductsLaws } from '../subgraphs/products/laws.ts'
import { recommendationsLaws } from '../subgraphs/recommendations/laws.ts'
import { usersLaws } from '../subgraphs/users/laws.ts'

/** Who publishes, each by an outbox in its own store. */
const publishers = ['products', 'inventory', 'users', 'cart', 'orders', 'payments', 'notifications'] as const
export type Publisher = (typeof publishers)[number]

export const storeNames = [...publishers, 'recommendations', 'bus'] as const
export type StoreName = (typeof storeNames)[number]

/** How to ask each store, by the name of its owner. */
export type Stores = Readonly<Record<StoreName, Questions>>

/** What the stores of a composition can report of themselves. */
export interface Audited {
  readonly products: ProductsLaws
  readonly inventory: ReturnType<typeof inventoryLaws>
  readonly users: ReturnType<typeof usersLaws>
  readonly cart: CartLaws
  readonly orders: ReturnType<typeof ordersLaws>
  readonly payments: ReturnType<typeof paymentsLaws>
  readonly provider: ReturnType<typeof testLedgerFacts>
  readonly notifications: ReturnType<typeof notificationsLaws>
  readonly recommendations: ReturnType<typeof recommendationsLaws>
  readonly bus: BusLaws
  readonly outboxes: readonly (readonly [Publisher, OutboxFacts])[]
}

/** Of a composition whose every store is PostgreSQL; the test provider's ledger lies beside payments' store. */
export function auditedIn(stores: Stores): Audited {
  return {
    products: productsLaws(stores.products),
    inventory: inventoryLaws(stores.inventory),
    users: usersLaws(stores.users),
    cart: cartLaws(stores.cart),
    orders: ordersLaws(stores.orders),
    payments: paymentsLaws(stores.payments),
    provider: testLedgerFacts(stores.payments),
    notifications: notificationsLaws(stores.notifications),
    recommendations: recommendationsLaws(stores.recommendations),
    bus: busLaws(stores.bus),
    outboxes: publishers.map((name) => [name, outboxFacts(stores[name])]),
  }
}
