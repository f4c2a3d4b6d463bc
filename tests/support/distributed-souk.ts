import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { importPKCS8 } from 'jose'
import pg from 'pg'
import { inject } from 'vitest'

import { Cancellation } from '../../platform/work/cancellation.ts'
import { auditOf } from '../../audit/audit.ts'
import { storeNames } from '../../audit/stores.ts'
import { allContracts } from '../../contracts/all.ts'
import { openAudited } from '../../distributed/audited.ts'
import { environmentOf } from '../../distributed/environment.ts'
import type { OpenStores } from '../../embedded/stores.ts'
import { httpAddress } from '../../gateway/fetch/http/address.ts'
import { systemClock } from '../../platform/clock.ts'
import { passportAlgorithm, passportOffice } from '../../platform/identity/passport.ts'
import { openBus } from '../../platform/process/bus.ts'
import { groundConfig } from '../../platform/process/config.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'
import { startDistributed, type Distributed, type DistributedOptions } from '../../scripts/distributed/start.ts'
import { temporaryDataDir } from './data-dir.ts'
import { oneAtATime } from './postgres.ts'
import { untrained, type TestSouk } from './test-souk.ts'

/** Nobody else takes a lock of this number. */
const seedingLock = 2
/** What stands in for MongoDB is slow, and the machine may be busy: nothing here is about how long something takes. */
const patience = { FETCH_DEADLINE_MS: '20000', MONGODB_TIMEOUT_MS: '20000' }
const never = new AbortController().signal
const log = createLogger('silent')

export interface DistributedTestSouk extends TestSouk {
  readonly distributed: Distributed
}

/**
 * A whole Souk of processes apart, seeded, on free ports, with all it keeps in a temporary folder. In production a shop
 * without demo accounts is seeded, which is the copy of none: on PostgreSQL, where that takes seconds and not a minute.
 */
export async function startDistributedSouk(
  settings: Record<string, string> = {},
  options: Partial<DistributedOptions> = {},
): Promise<DistributedTestSouk> {
  const isProduction = settings.NODE_ENV === 'production'
  const dataDir = isProduction ? await temporaryDataDir() : await seededFolder(options)
  const distributed = await startDistributed(
    optionsFor(dataDir, {
      settings: { ...patience, ...untrained, ...settings },
      ...(isProduction && { kind: 'postgres' }),
      ...options,
    }),
  )
  const stack = new Stack()
  stack.onStop(() => rm(dataDir, { recursive: true, force: true }))
  stack.onStop(() => distributed.stop())
  const bus = await openBus(groundConfig.parse(distributed.stores), { contracts: allContracts, log })
  stack.onStop(() => bus.stop())
  const privateKey = await importPKCS8(
    await readFile(join(dataDir, 'keys', 'passport-private.pem'), 'utf8'),
    passportAlgorithm,
  )
  return {
    distributed,
    url: distributed.url,
    dataDir,
    souk: {
      bus,
      passports: passportOffice({ privateKey, clock: systemClock }),
      subgraphs: subgraphsOf(distributed, stack),
    },
    openStores: () => Promise.resolve(storesOf(distributed)),
    async audit(auditOptions) {
      const own = new Stack()
      try {
        const audited = await openAudited({ environment: distributed.stores, log, stack: own })
        return await auditOf(audited, auditOptions)
      } finally {
        await own.stop()
      }
    },
    stop: () => stack.stop(),
  }
}

function optionsFor(folder: string, more: Partial<DistributedOptions>): DistributedOptions {
  return {
    folder,
    replicas: 1,
    kind: process.env.SOUK_STORES === 'postgres' ? 'postgres' : 'each its own',
    durable: false,
    given: {},
    signal: never,
    say: () => undefined,
    step: (_what, work) => work(),
    ...more,
  }
}

/** A copy of a folder that was seeded once for the whole run, and stopped. */
async function seededFolder(options: Partial<DistributedOptions>): Promise<string> {
  const { kind } = optionsFor('', options)
  const original = join(inject('runFolder'), `seeded-distributed-${kind === 'postgres' ? 'postgres' : 'all'}`)
  await oneAtATime(seedingLock, async () => {
    if (existsSync(original)) return
    const draft = await temporaryDataDir()
    const shop = await startDistributed(optionsFor(draft, { kind, settings: untrained }))
    await shop.stop()
    await rename(draft, original)
  })
  const folder = await temporaryDataDir()
  // With the owners of the files, which fs.cp does not keep.
  await promisify(execFile)('cp', ['-a', `${original}/.`, folder])
  return folder
}

/** Each is asked over HTTP, as the gateway asks it. */
function subgraphsOf({ addresses }: Distributed, stack: Stack): TestSouk['souk']['subgraphs'] {
  return Object.fromEntries(
    [...addresses].map(([name, url]) => {
      const address = httpAddress(url)
      stack.onStop(() => address.close())
      return [
        name,
        {
          name,
          execute: (request) => address.send(request, new Cancellation()),
          // No process tells what another still has to do, and the audit takes what is under way for no violation.
          settled: () => Promise.resolve(),
        },
      ]
    }),
  )
}

function storesOf({ stores }: Distributed): OpenStores {
  const pools = storeNames.map(
    (name) => [name, new pg.Pool({ connectionString: environmentOf(name, stores).DATABASE_URL, max: 1 })] as const,
  )
  return {
    stores: Object.fromEntries(pools) as OpenStores['stores'],
    async close() {
      await Promise.all(pools.map(([, pool]) => pool.end()))
    },
  }
}
