import { join } from 'node:path'

import type { CryptoKey } from 'jose'

import type { Bus } from '../platform/messaging/bus.ts'
import { systemClock } from '../platform/clock.ts'
import { passportControl } from '../platform/identity/passport.ts'
import { newUuid } from '../platform/ids.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import { postgresDatabase, type Database } from '../platform/postgres/database.ts'
import type { SubgraphDependencies } from '../platform/subgraph/deps.ts'
import { createCartSubgraph } from '../subgraphs/cart/subgraph.ts'
import { createInventorySubgraph } from '../subgraphs/inventory/subgraph.ts'
import { fileDelivery, smtpDelivery } from '../subgraphs/notifications/delivery/mail.ts'
import { createNotificationsSubgraph } from '../subgraphs/notifications/subgraph.ts'
import { createOperationsSubgraph } from '../subgraphs/operations/subgraph.ts'
import { createOrdersSubgraph } from '../subgraphs/orders/subgraph.ts'
import { testProvider } from '../subgraphs/payments/provider/test-provider.ts'
import { createPaymentsSubgraph } from '../subgraphs/payments/subgraph.ts'
import { createProductsSubgraph } from '../subgraphs/products/subgraph.ts'
import { createRecommendationsSubgraph } from '../subgraphs/recommendations/subgraph.ts'
import { createUsersSubgraph } from '../subgraphs/users/subgraph.ts'
import type { EmbeddedConfig } from './config.ts'
import { databaseName } from './subgraph-names.ts'
import type { EmbeddedPostgres } from './postgres/supervisor.ts'

/** Connections of each subgraph; nine of these and the bus's stay under the server's limit. */
const poolSize = 6

export interface CompositionParts {
  readonly config: EmbeddedConfig
  readonly postgres: EmbeddedPostgres
  readonly bus: Bus
  readonly passportKey: CryptoKey
  readonly log: Logger
}

export type Subgraphs = ReturnType<typeof createSubgraphs>['subgraphs']

/** All nine, each with a database of its own. */
export function createSubgraphs(parts: CompositionParts) {
  const { config, postgres, bus, passportKey, log } = parts
  const databases: Database[] = []

  function given(name: string): SubgraphDependencies {
    const subgraphLog = log.child({ subgraph: name })
    const database = postgresDatabase({
      connection: postgres.connect(databaseName(name)),
      poolSize,
      stamp: { source: name, clock: systemClock, newId: newUuid },
      log: subgraphLog,
    })
    databases.push(database)
    const passports = passportControl({ publicKey: passportKey, subgraph: name, clock: systemClock })
    return { database, bus, passports, clock: systemClock, newId: newUuid, log: subgraphLog }
  }

  const payments = given('payments')
  const subgraphs = {
    products: createProductsSubgraph(given('products'), config),
    inventory: createInventorySubgraph(given('inventory'), config),
    users: createUsersSubgraph(given('users'), config),
    cart: createCartSubgraph(given('cart'), config),
    orders: createOrdersSubgraph(given('orders'), config),
    payments: createPaymentsSubgraph(payments, { config, provider: testProvider(payments.database) }),
    notifications: createNotificationsSubgraph(given('notifications'), { deliver: deliveryBy(config) }),
    recommendations: createRecommendationsSubgraph(given('recommendations')),
    operations: createOperationsSubgraph(given('operations')),
  }
  return { subgraphs, databases }
}

function deliveryBy({ SMTP_URL: url, MAIL_FROM: from, SOUK_DATA_DIR: folder }: EmbeddedConfig) {
  return url === undefined ? fileDelivery({ folder: join(folder, 'mail'), from }) : smtpDelivery({ url, from })
}
