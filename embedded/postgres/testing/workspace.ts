import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, type PoolConfig, type QueryResultRow } from 'pg'
import { afterEach } from 'vitest'

import { createLogger } from '../../../platform/logging.ts'
import { fastestFolder } from '../../../tests/support/fast-folder.ts'
import { startPostgres, type EmbeddedPostgres } from '../supervisor.ts'

type StartOptions = Parameters<typeof startPostgres>[0]

export interface Workspace {
  /** A new folder that every user may enter, removed after the test. */
  folder(): Promise<string>
  /** Starts PostgreSQL; it is stopped after the test, if not before. */
  start(dataDir: string, options?: Partial<StartOptions>): Promise<EmbeddedPostgres>
  /** Runs something after the test, before the folders go. */
  finally(work: () => Promise<unknown>): void
}

/** What a test of the supervisor makes and starts, undone after each test in the opposite order. */
export function workspace(): Workspace {
  const undo: (() => Promise<unknown>)[] = []

  afterEach(async () => {
    for (const work of undo.splice(0).reverse()) await work()
  })

  return {
    finally: (work) => undo.push(work),
    async folder() {
      const folder = await mkdtemp(join(await fastestFolder(), 'souk-supervisor-'))
      undo.push(() => rm(folder, { recursive: true, force: true }))
      await chmod(folder, 0o755)
      return folder
    },
    async start(dataDir, options) {
      const postgres = await startPostgres({ dataDir, log: createLogger('silent'), durable: false, elsewhere: [], ...options })
      undo.push(() => postgres.stop())
      return postgres
    },
  }
}

/** Runs one statement on a connection of its own. */
export async function query(config: PoolConfig, statement: string): Promise<QueryResultRow[]> {
  const client = new Client(config)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
