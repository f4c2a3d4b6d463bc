import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { readConfig } from '../../embedded/config.ts'
import { silentProgress } from '../../embedded/console/progress.ts'
import { startSouk } from '../../embedded/souk.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { auditFolder } from '../../scripts/audit/folder.ts'
import { startExtracted } from '../../scripts/extract/start.ts'
import { mongoProgram } from '../../scripts/servers/mongodb.ts'
import { mongoForTests } from '../support/mongodb.ts'
import { seededDataDir } from '../support/seeded-data-dir.ts'
import { newVariant, signIn } from '../support/shopper.ts'
import { createClient } from '../support/shopping.ts'
import { whereInstalled } from '../support/where-installed.ts'

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()
  let dataDir: string
  let own: Record<string, string>
  let onMongo: Record<string, string>

  beforeAll(async () => {
    dataDir = await seededDataDir()
    own = { PORT: '0', HOST: '127.0.0.1', SOUK_DATA_DIR: dataDir, NODE_ENV: 'test', LOG_LEVEL: 'silent' }
    onMongo = { ...own, MONGODB_URL: mongo.server().url, MONGODB_TIMEOUT_MS: '20000' }
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  function extract(name: string, environment: Record<string, string>) {
    const { signal } = new AbortController()
    return startExtracted({ name, onRedis: false, environment, progress: silentProgress, signal })
  }

  it('products that have not been moved do not start on a MongoDB that has none of them', async () => {
    await expect(extract('products', onMongo)).rejects.toMatchObject({
      name: 'StartError',
      cure: expect.stringContaining('npm run move-store -- products'),
    })
  })

  it('products that have been moved are served and audited there', async () => {
    const env = { ...process.env, ...onMongo }
    await promisify(execFile)(process.execPath, ['scripts/run.js', 'scripts/move-store.ts', 'products'], {
      env,
    })
    const shop = await extract('products', onMongo)
    await newVariant(await signIn(shop.url, demoAccounts[1]), 5)
    const { data } = await createClient(shop.url).run('WebBrowse', { first: 1 })
    expect(data.products.totalCount).toBe(2_990)
    await expect(auditFolder(dataDir, own)).rejects.toMatchObject({ cure: expect.stringContaining('MONGODB_URL') })
    const findings = await auditFolder(dataDir, onMongo)
    expect(findings.filter(({ violations }) => violations.length > 0)).toEqual([])
    await shop.stop()
  })

  it('and whatever starts on the folder without that MongoDB is refused', async () => {
    const refused = { name: 'StartError', message: expect.stringContaining('have moved to the MongoDB at 127.0.0.1:') }
    const log = createLogger('silent')
    await expect(startSouk({ config: readConfig(own), log, progress: silentProgress })).rejects.toMatchObject(refused)
    await expect(extract('orders', onMongo)).rejects.toMatchObject(refused)
    await expect(extract('products', own)).rejects.toMatchObject(refused)
    const other = { ...own, MONGODB_URL: 'mongodb://127.0.0.1:1' }
    await expect(extract('products', other)).rejects.toMatchObject(refused)
  })
})
