import { databaseOf } from '../../embedded/composition/compose.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Message } from '../../platform/messaging/message.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import type { Stores } from '../../platform/subgraph/deps.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { createTestDatabase } from './postgres.ts'

export interface TestStores<Own> {
  readonly stores: Own
  readonly database: PostgresDatabase
  /** All that has been published by way of the outbox, in order. */
  published(): Promise<Message[]>
  close(): Promise<void>
}

/** A subgraph's stores on a fresh database, as the composition makes them, with no subgraph on top. */
export async function openTestStores<Own extends Stores>(
  name: string,
  create: (database: PostgresDatabase) => Own,
): Promise<TestStores<Own>> {
  const { config: connection, drop } = await createTestDatabase()
  const database = databaseOf({ name, connection, clock: systemClock, log: createLogger('silent') })
  const stores = create(database)
  await stores.storage.open()
  return {
    stores,
    database,
    async published() {
      const { rows } = await database.query<{ message: Message }>('select message from outbox order by position')
      return rows.map(({ message }) => message)
    },
    async close() {
      await stores.storage.close()
      await drop()
    },
  }
}
