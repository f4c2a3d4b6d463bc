import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

import { inspectProcess } from '../../embedded/postgres/running-process.ts'
import { removeSocketFolder } from '../../embedded/postgres/data-folder/socket-folder.ts'
import { startPostgres } from '../../embedded/postgres/supervisor.ts'
import { unlessFailedWith } from '../../embedded/postgres/system-error.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { fastestFolder } from '../support/fast-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the socket of the test run's PostgreSQL. */
    postgresSocket: string
    /** Where the test run keeps what its suites share; it goes when the run ends. */
    runFolder: string
  }
}

const prefix = 'souk-test-'

/** Starts the one PostgreSQL of a test run, in a folder of its own, and leaves nothing behind. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const base = await fastestFolder()
  await removeLeftovers(base)
  const folder = await mkdtemp(join(base, `${prefix}${process.pid}-`))
  // The server's user, another than ours when we are root, must get through.
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ dataDir: join(folder, 'data'), log: createLogger('error'), durable: false })
  project.provide('postgresSocket', postgres.socketDir)
  project.provide('runFolder', folder)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A test run that was killed could not tidy up. */
async function removeLeftovers(base: string): Promise<void> {
  const names = await readdir(base)
  for (const name of names.filter((candidate) => candidate.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0])
    if ((await inspectProcess(owner)) !== undefined) continue
    const folder = join(base, name)
    // Somebody else's leftovers are theirs to remove.
    await unlessFailedWith(['EACCES', 'EPERM'], removeLeftover(folder))
  }
}

async function removeLeftover(folder: string): Promise<void> {
  await removeSocketFolder(join(folder, 'data'))
  await rm(folder, { recursive: true, force: true })
}
