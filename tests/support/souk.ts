import { rm } from 'node:fs/promises'

import { readConfig } from '../../embedded/config.ts'
import { silentProgress } from '../../embedded/console/progress.ts'
import { startSouk, type Souk } from '../../embedded/souk.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { temporaryDataDir } from './data-dir.ts'
import { seededDataDir } from './seeded-data-dir.ts'

export interface TestSouk {
  /** Such as `http://localhost:41234`. */
  readonly url: string
  readonly souk: Souk
  readonly dataDir: string
  stop(): Promise<void>
}

/** A whole Souk of its own, seeded, on a free port, with its data in a temporary folder. */
export async function startTestSouk(environment: Record<string, string> = {}): Promise<TestSouk> {
  // In production a shop without demo accounts is seeded, so that one is not the copy of another.
  const dataDir = environment.NODE_ENV === 'production' ? await temporaryDataDir() : await seededDataDir()
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    SOUK_DATA_DIR: dataDir,
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    ...environment,
  })
  const souk = await startSouk({ config, log: createLogger(config.LOG_LEVEL), progress: silentProgress })
  return {
    url: souk.url,
    souk,
    dataDir,
    async stop() {
      await souk.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
