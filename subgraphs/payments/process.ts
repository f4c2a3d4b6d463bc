import { z } from 'zod'

import { databaseOfItsOwn } from '../../platform/process/config.ts'
import { defineProcess } from '../../platform/process/definition.ts'
import { paymentsConfig } from './config.ts'
import { testProvider } from './provider/test-provider.ts'
import { postgresPaymentStores } from './stores/postgres/stores.ts'
import { createPaymentsSubgraph } from './subgraph.ts'

/** Payments as a process of its own, on PostgreSQL. */
export const paymentsProcess = defineProcess({
  name: 'payments',
  config: z.object({ ...databaseOfItsOwn, ...paymentsConfig.shape }),
  create(config, { postgres, ...given }) {
    const stores = postgresPaymentStores(postgres(config.DATABASE_URL))
    return createPaymentsSubgraph({ ...given, stores }, { config, provider: testProvider(stores.ledger) })
  },
})
