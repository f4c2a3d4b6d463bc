import { fileURLToPath } from 'node:url'

import type { Message } from '../../platform/messaging/message.ts'
import { systemClock } from '../../platform/clock.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { postgresDatabase } from '../../platform/postgres/database.ts'
import { migrateSubgraph } from '../../platform/postgres/migrate.ts'
import { postgresProductStore } from '../../subgraphs/products/stores/postgres/store.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { productsStoreContract } from './products-store.ts'

const migrations = fileURLToPath(new URL('../../subgraphs/products/stores/migrations', import.meta.url))

productsStoreContract('products on PostgreSQL', async () => {
  const { config, drop } = await createTestDatabase()
  const stamp = { source: 'products', clock: systemClock, newId: newUuid }
  const database = postgresDatabase({ connection: config, poolSize: 8, stamp, log: createLogger('silent') })
  await migrateSubgraph(database.pool, migrations)
  return {
    store: postgresProductStore(database),
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
