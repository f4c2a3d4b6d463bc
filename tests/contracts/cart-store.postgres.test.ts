import { fileURLToPath } from 'node:url'

import type { Message } from '../../platform/messaging/message.ts'
import { systemClock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { postgresDatabase } from '../../platform/postgres/database.ts'
import { migrateSubgraph } from '../../platform/postgres/migrate.ts'
import { postgresCartStore, postgresOfferStore } from '../../subgraphs/cart/stores/postgres/store.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { cartStoreContract } from './cart-store.ts'

const migrations = fileURLToPath(new URL('../../subgraphs/cart/stores/migrations', import.meta.url))

cartStoreContract('carts on PostgreSQL', async () => {
  const { config, drop } = await createTestDatabase()
  const stamp = { source: 'cart', clock: systemClock, newId: newUuid }
  const database = postgresDatabase({ connection: config, poolSize: 8, stamp, log: createLogger('silent') })
  await migrateSubgraph(database.pool, migrations)
  return {
    carts: postgresCartStore(database),
    offers: postgresOfferStore(database),
    async said() {
      const { rows } = await database.query<{ message: Message }>('select message from outbox order by position')
      return rows.map(({ message }) => message)
    },
    async close() {
      await database.close()
      await drop()
    },
  }
})
