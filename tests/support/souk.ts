import { rm } from 'node:fs/promises'

import { audit } from '../../audit/audit.ts'
import { readConfig } from '../../embedded/config.ts'
import { silentProgress } from '../../embedded/console/progress.ts'
import { startSouk } from '../../embedded/souk.ts'
import { openStores } from '../../embedded/stores.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { temporaryDataDir } from './data-dir.ts'
import { seededDataDir } from './seeded-data-dir.ts'
import { untrained, type TestSouk } from './test-souk.ts'

export type { TestSouk } from './test-souk.ts'

/** What is tried: the one process, or processes apart. */
export const topology = process.env.SOUK_TOPOLOGY === 'distributed' ? 'distributed' : 'embedded'

/** A whole Souk of its own, seeded: one process, or with SOUK_TOPOLOGY=distributed processes apart. */
export async function startTestSouk(environment: Record<string, string> = {}): Promise<TestSouk> {
  if (topology === 'embedded') return startEmbeddedSouk(environment)
  const { startDistributedSouk } = await import('./distributed-souk.ts')
  return startDistributedSouk({ NODE_ENV: 'test', ...environment })
}

/** On a free port, with its data in a temporary folder. */
export async function startEmbeddedSouk(environment: Record<string, string>): Promise<TestSouk> {
  // In production a shop without demo accounts is seeded, so that one is not the copy of another.
  const dataDir = environment.NODE_ENV === 'production' ? await temporaryDataDir() : await seededDataDir()
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    SOUK_DATA_DIR: dataDir,
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    ...untrained,
    ...environment,
  })
  const souk = await startSouk({ config, log: createLogger(config.LOG_LEVEL), progress: silentProgress })
  return {
    url: souk.url,
    souk: { ...souk, subgraphs: { ...souk.subgraphs } },
    dataDir,
    openStores: () => openStores(dataDir),
    async audit(options) {
      const { stores, close } = await openStores(dataDir)
      return audit(stores, options).finally(close)
    },
    async stop() {
      await souk.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
