import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client, type PoolConfig, type QueryResultRow } from 'pg'
import { afterAll, afterEach } from 'vitest'

import { createLogger } from '../../../platform/telemetry/logging.ts'
import { fastestFolder } from '../../../tests/support/fast-folder.ts'
import { startPostgres, type EmbeddedPostgres } from '../supervisor.ts'

type StartOptions = Parameters<typeof startPostgres>[0]

export interface Workspace {
  /** A new folder that every user may enter, removed after the test. */
  folder(): Promise<string>
  /** A data folder that an earlier start has made and left in order. */
  usedDataDir(): Promise<string>
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

  let original: Promise<string> | undefined
  afterAll(async () => {
    if (original !== undefined) await rm(await original, { recursive: true, force: true })
  })

  return {
    finally: (work) => undo.push(work),
    async folder() {
      const folder = await openFolder()
      undo.push(() => rm(folder, { recursive: true, force: true }))
      return folder
    },
    async usedDataDir() {
      const folder = await openFolder()
      undo.push(() => rm(folder, { recursive: true, force: true }))
      original ??= makeDataDir()
      // With the owners of the files, which fs.cp does not keep.
      await promisify(execFile)('cp', ['-a', join(await original, 'data'), folder])
      return join(folder, 'data')
    },
    async start(dataDir, options) {
      const postgres = await startPostgres({
        dataDir,
        log: createLogger('silent'),
        durable: false,
        elsewhere: [],
        ...options,
      })
      undo.push(() => postgres.stop())
      return postgres
    },
  }
}

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(await fastestFolder(), 'souk-supervisor-'))
  await chmod(folder, 0o755)
  return folder
}

/** Making a cluster takes a second of work; a copy of one does for tests of what comes after. */
async function makeDataDir(): Promise<string> {
  const folder = await openFolder()
  const options = { log: createLogger('silent'), durable: false, elsewhere: [] }
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), ...options })
  await postgres.stop()
  return folder
}

/** Runs one statement on a connection of its own. */
export async function query(config: PoolConfig, statement: string): Promise<QueryResultRow[]> {
  const client = new Client(config)
  await client.connect()
  try {
    const { rows } = await client.query<QueryResultRow>(statement)
    return rows
  } finally {
    await client.end()
  }
}
