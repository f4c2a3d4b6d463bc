import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { inject } from 'vitest'

import { readConfig } from '../../embedded/config.ts'
import { postgresHome } from '../../embedded/postgres/data-folder/data-folder.ts'
import { silentProgress } from '../../embedded/console/progress.ts'
import { startSouk } from '../../embedded/souk.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { temporaryDataDir } from './data-dir.ts'
import { oneAtATime } from './postgres.ts'
import { untrained } from './test-souk.ts'

/** Nobody else takes a lock of this number. */
const seedingLock = 1

/**
 * A data folder of a shop that has been seeded and stopped: a copy, since seeding takes ten times as long. The first
 * suite of a test run that wants one makes what the others copy.
 */
export async function seededDataDir(): Promise<string> {
  const original = join(inject('runFolder'), 'seeded')
  await oneAtATime(seedingLock, async () => {
    if (!existsSync(original)) await seedInto(original)
  })
  const dataDir = await temporaryDataDir()
  // With the owners of the files, which fs.cp does not keep.
  await promisify(execFile)('cp', ['-a', `${original}/.`, dataDir])
  return dataDir
}

/** The folder is there whole or not at all. */
async function seedInto(folder: string): Promise<void> {
  const draft = await temporaryDataDir()
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', SOUK_DATA_DIR: draft, NODE_ENV: 'test', ...untrained })
  const souk = await startSouk({ config, log: createLogger('error'), progress: silentProgress })
  // Else each copy would begin with it.
  await souk.subgraphs.recommendations.train()
  await souk.stop()
  if ((await postgresHome(draft)) !== draft) {
    throw new Error(`PostgreSQL's user cannot enter ${draft}: set TMPDIR to a folder that everybody may enter`)
  }
  await rename(draft, folder)
}
