import pg from 'pg'

import { storeNames } from '../audit/stores.ts'
import { createLogger } from '../platform/telemetry/logging.ts'
import { connectionOfRunning } from './postgres/running.ts'
import { startPostgres } from './postgres/supervisor.ts'
import { databaseName } from './composition/names.ts'

export interface OpenStores {
  /** A pool of one connection for each store's database, by the name of its owner. */
  readonly stores: Readonly<Record<(typeof storeNames)[number], pg.Pool>>
  close(): Promise<void>
}

export interface OpenDatabases {
  connect(database: string): pg.PoolConfig
  close(): Promise<void>
}

/** The databases of a data folder: of the Souk that runs on it, or, when none does, of a PostgreSQL started for the while. */
export async function openDatabases(dataDir: string): Promise<OpenDatabases> {
  const connect = await connectionOfRunning(dataDir)
  if (connect !== undefined) return { connect, close: () => Promise.resolve() }
  const postgres = await startPostgres({ dataDir, log: createLogger('warn') })
  return { connect: (database) => postgres.connect(database), close: () => postgres.stop() }
}

/** The stores of a data folder, running or not. */
export async function openStores(dataDir: string): Promise<OpenStores> {
  const { connect, close: end } = await openDatabases(dataDir)
  const pools = storeNames.map((name) => [name, new pg.Pool({ ...connect(databaseName(name)), max: 1 })] as const)
  return {
    // The names are all there by construction, which Object.fromEntries cannot say.
    stores: Object.fromEntries(pools) as Record<(typeof storeNames)[number], pg.Pool>,
    async close() {
      await Promise.all(pools.map(([, pool]) => pool.end()))
      await end()
    },
  }
}
