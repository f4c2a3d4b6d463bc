import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

import { startPostgres } from '../../embedded/postgres/supervisor.ts'
import { createLogger } from '../../platform/logging.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the socket of the test run's PostgreSQL. */
    postgresSocket: string
  }
}

/** Starts the one PostgreSQL of a test run, in a folder of its own, and leaves nothing behind. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
  // The server's user, another than ours when we are root, must get through.
  await chmod(folder, 0o711)
  const postgres = await startPostgres({
    dataDir: join(folder, 'data'),
    log: createLogger('error'),
    durable: false,
  })
  project.provide('postgresSocket', postgres.socketDir)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
