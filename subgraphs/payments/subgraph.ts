import type { DueWork } from '../../platform/work/due-work.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import { callProvider } from './call-provider.ts'
import type { PaymentsConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { importCaptured } from './import-captured.ts'
import { paymentHandlers } from './events.ts'
import { orderPaymentLoader, paymentLoader } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import type { PaymentProvider } from './provider/provider.ts'
import { resolvers } from './graph/resolvers.ts'
import type { PastPayment, PaymentStore, PaymentStores } from './stores/store.ts'

export interface PaymentsSubgraph extends Subgraph {
  /** For the seed: charges of past orders, at the test provider too. Those known already are left as they are. */
  importCaptured(payments: readonly PastPayment[]): Promise<void>
}

export function createPaymentsSubgraph(
  dependencies: SubgraphDependencies<PaymentStores>,
  { config, provider }: { config: PaymentsConfig; provider: PaymentProvider },
): PaymentsSubgraph {
  const { stores, log, newId } = dependencies
  const { database } = stores
  let caller: DueWork | undefined
  const subgraph = defineSubgraph<Context, PaymentStore>(
    {
      name: 'payments',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers,
      permissions,
      createContext: (viewer) => ({
        viewer,
        payments: paymentLoader(database.store),
        paymentsOfOrders: orderPaymentLoader(database.store),
      }),
      handlers: paymentHandlers({ newId, wakeCaller: () => caller?.wake() }),
      startWorkers() {
        caller = callProvider({ database, provider, log, deadline: config.PAYMENT_DEADLINE_MS })
        return [caller]
      },
    },
    dependencies,
  )
  return {
    ...subgraph,
    importCaptured: (payments) => importCaptured(payments, { store: database.store, provider }),
  }
}
