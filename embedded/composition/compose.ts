import type { CryptoKey } from 'jose'
import type pg from 'pg'

import type { Clock } from '../../platform/clock.ts'
import type { AnnounceEnded } from '../../platform/identity/ended-sessions.ts'
import { passportControl } from '../../platform/identity/passport.ts'
import { newUuid } from '../../platform/ids.ts'
import type { LimitAttempts } from '../../platform/limits/attempts.ts'
import { memoryAttempts } from '../../platform/limits/memory-attempts.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import { postgresDatabase, type PostgresDatabase } from '../../platform/postgres/database.ts'
import type { AskGraph } from '../../platform/subgraph/ask-graph.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { postgresCartStores } from '../../subgraphs/cart/stores/postgres/stores.ts'
import type { ProposalGuards } from '../../subgraphs/cart/proposals.ts'
import type { CartStores } from '../../subgraphs/cart/stores/store.ts'
import { createCartSubgraph } from '../../subgraphs/cart/subgraph.ts'
import { postgresInventoryStores } from '../../subgraphs/inventory/stores/postgres/stores.ts'
import { createInventorySubgraph, type InventorySubgraph } from '../../subgraphs/inventory/subgraph.ts'
import type { Deliver } from '../../subgraphs/notifications/delivery/mail.ts'
import { postgresNotificationStores } from '../../subgraphs/notifications/stores/postgres/stores.ts'
import { createNotificationsSubgraph } from '../../subgraphs/notifications/subgraph.ts'
import { postgresOperationsStores } from '../../subgraphs/operations/stores/postgres/stores.ts'
import { createOperationsSubgraph } from '../../subgraphs/operations/subgraph.ts'
import { postgresOrderStores } from '../../subgraphs/orders/stores/postgres/stores.ts'
import { createOrdersSubgraph, type OrdersSubgraph } from '../../subgraphs/orders/subgraph.ts'
import type { Ledger } from '../../subgraphs/payments/provider/ledger.ts'
import type { PaymentProvider } from '../../subgraphs/payments/provider/provider.ts'
import { testProvider } from '../../subgraphs/payments/provider/test-provider.ts'
import { postgresPaymentStores } from '../../subgraphs/payments/stores/postgres/stores.ts'
import { createPaymentsSubgraph, type PaymentsSubgraph } from '../../subgraphs/payments/subgraph.ts'
import { postgresProductStores } from '../../subgraphs/products/stores/postgres/stores.ts'
import type { ProductStores } from '../../subgraphs/products/stores/store.ts'
import { createProductsSubgraph, type ProductsSubgraph } from '../../subgraphs/products/subgraph.ts'
import { postgresRecommendationStores } from '../../subgraphs/recommendations/stores/postgres/stores.ts'
import {
  createRecommendationsSubgraph,
  type AssistantOptions,
  type RecommendationsSubgraph,
} from '../../subgraphs/recommendations/subgraph.ts'
import { postgresUsersStores } from '../../subgraphs/users/stores/postgres/stores.ts'
import { createUsersSubgraph, type UsersSubgraph } from '../../subgraphs/users/subgraph.ts'
import type { SubgraphsConfig } from './config.ts'

/** What is outside the shop, and how the shop is set. */
export interface Settings {
  readonly config: SubgraphsConfig
  readonly deliver: Deliver
  /** Tells the gateways which sessions have ended. */
  readonly announceEnded: AnnounceEnded
  /** For the assistant; without it there is none. */
  readonly askGraph?: AskGraph
  /** For tests: another model, or fewer guards. */
  readonly assistant?: Pick<AssistantOptions, 'guards' | 'model'>
  /** For tests: fewer checks of proposals. */
  readonly proposalGuards?: ProposalGuards
  /** Counts who tries to come in; in this process alone unless another is given. */
  readonly limitAttempts?: LimitAttempts
  /** The test provider unless another is given. */
  provider?(ledger: Ledger): PaymentProvider
  /** Stores by another driver, in place of those on PostgreSQL. */
  readonly stores?: OtherStores
}

/** Of the subgraphs that have a second driver. */
export interface OtherStores {
  readonly products?: ProductStores
  readonly cart?: CartStores
}

/** What one subgraph is given: its own database in place of its stores, and the rest as it is. */
export interface Given extends Omit<SubgraphDependencies, 'stores'> {
  readonly database: PostgresDatabase
}

/** Puts a database under a subgraph's stores, unless it is given others. */
function on<Stores extends object>(
  stores: (database: PostgresDatabase) => Stores,
  { database, ...given }: Given,
  others?: Stores,
) {
  return { ...given, stores: others ?? stores(database) }
}

export interface Subgraphs {
  readonly products: ProductsSubgraph
  readonly inventory: InventorySubgraph
  readonly users: UsersSubgraph
  readonly cart: Subgraph
  readonly orders: OrdersSubgraph
  readonly payments: PaymentsSubgraph
  readonly notifications: Subgraph
  readonly recommendations: RecommendationsSubgraph
  readonly operations: Subgraph
}
export type SubgraphName = keyof Subgraphs
export type Compositions = { readonly [Name in SubgraphName]: (given: Given, settings: Settings) => Subgraphs[Name] }

/** The nine, each put together on PostgreSQL. The one place that chooses drivers of the one process; tests put subgraphs together here too. */
export const compose: Compositions = {
  products: (given, { config, stores }) =>
    createProductsSubgraph(on(postgresProductStores, given, stores?.products), config),
  inventory: (given, { config }) => createInventorySubgraph(on(postgresInventoryStores, given), config),
  users: (given, { config, announceEnded, limitAttempts = memoryAttempts }) =>
    createUsersSubgraph(on(postgresUsersStores, given), { config, limitAttempts, announceEnded }),
  cart: (given, { config, stores, proposalGuards }) =>
    createCartSubgraph(on(postgresCartStores, given, stores?.cart), config, proposalGuards),
  orders: (given, { config }) => createOrdersSubgraph(on(postgresOrderStores, given), config),
  payments(given, { config, provider = testProvider }) {
    const dependencies = on(postgresPaymentStores, given)
    return createPaymentsSubgraph(dependencies, { config, provider: provider(dependencies.stores.ledger) })
  },
  notifications: (given, { deliver }) =>
    createNotificationsSubgraph(on(postgresNotificationStores, given), { deliver }),
  recommendations: (given, { config, askGraph, assistant }) =>
    createRecommendationsSubgraph(on(postgresRecommendationStores, given), config, { ...assistant, config, askGraph }),
  operations: (given) => createOperationsSubgraph(on(postgresOperationsStores, given)),
}

/** All nine. @param given what the subgraph of that name is put on */
export function composeAll(given: (name: SubgraphName) => Given, settings: Settings): Subgraphs {
  return {
    products: compose.products(given('products'), settings),
    inventory: compose.inventory(given('inventory'), settings),
    users: compose.users(given('users'), settings),
    cart: compose.cart(given('cart'), settings),
    orders: compose.orders(given('orders'), settings),
    payments: compose.payments(given('payments'), settings),
    notifications: compose.notifications(given('notifications'), settings),
    recommendations: compose.recommendations(given('recommendations'), settings),
    operations: compose.operations(given('operations'), settings),
  }
}

interface DatabaseParts {
  /** The subgraph's. */
  readonly name: string
  readonly connection: pg.PoolConfig
  readonly clock: Clock
  readonly log: Logger
}

/** Connections of each subgraph; nine of these and the bus's stay under the server's limit. */
const poolSize = 6

/** A subgraph's own database; what is published there names the subgraph. */
export function databaseOf({ name, connection, clock, log }: DatabaseParts): PostgresDatabase {
  return postgresDatabase({ connection, poolSize, stamp: { source: name, clock, newId: newUuid }, log })
}

interface Ground extends DatabaseParts {
  readonly bus: Bus
  /** The public half of what the gateway signs passports with. */
  readonly passportKey: CryptoKey
}

/** Gives a subgraph a database of its own, and what it shares with the others. */
export function givenOn({ bus, passportKey, ...parts }: Ground): Given {
  const { name, clock, log } = parts
  return {
    database: databaseOf(parts),
    bus,
    passports: passportControl({ publicKey: passportKey, subgraph: name, clock }),
    clock,
    newId: newUuid,
    log,
  }
}
