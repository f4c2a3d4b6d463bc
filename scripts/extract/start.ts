import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { assertNoCartsOnRedis, cartsOnRedis } from '../../embedded/carts-on-redis.ts'
import { databaseName } from '../../embedded/composition/names.ts'
import { readConfig, type EmbeddedConfig } from '../../embedded/config.ts'
import type { Progress } from '../../embedded/console/progress.ts'
import type { EmbeddedPostgres } from '../../embedded/postgres/supervisor.ts'
import { whatIsSeeded } from '../../embedded/seeded.ts'
import { startSouk, urlOf, type Souk } from '../../embedded/souk.ts'
import type { StartError } from '../../embedded/start-error.ts'
import type { Environment } from '../../platform/config.ts'
import { redisConnection } from '../../platform/redis/connection.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import type { Stack } from '../../platform/work/stack.ts'
import { unsavedCarts } from '../../subgraphs/cart/stores/redis/all-carts.ts'
import { keepRunning, type Kept } from '../distributed/keep-running.ts'
import { startPart, untilReady, type Part, type Variables } from '../distributed/parts.ts'
import { ensureProposalSecret } from '../distributed/proposal-secret.ts'
import { ensurePassportKeys } from '../distributed/passport-keys.ts'
import { freePort } from '../servers/free-port.ts'
import { startRedis } from '../servers/redis.ts'

export interface ExtractOptions {
  /** The subgraph that is to run apart. */
  readonly name: string
  /** A Redis of its own is started for it too. */
  readonly onRedis: boolean
  /** What `npm start` would be told. */
  readonly environment: Environment
  readonly progress: Progress
  readonly signal: AbortSignal
  onLost?(error: StartError): void
}

export interface Extracted extends Souk {
  /** The process of the subgraph; started again whenever it ends by itself. */
  readonly part: Kept
  /** Where it answers. */
  readonly address: string
}

/** The shop in this process without one subgraph, and that one in a process of its own, on the same PostgreSQL. */
export async function startExtracted(options: ExtractOptions): Promise<Extracted> {
  const { name, environment, progress, signal, onLost } = options
  const base = await onKnownPort(readConfig(environment))
  const common = { log: createLogger(base.LOG_LEVEL), progress, signal, ...(onLost && { onLost }) }
  if ((await whatIsSeeded(base.SOUK_DATA_DIR)) === undefined) {
    // What fills the shop needs all of its subgraphs in one process.
    await (await startSouk({ ...common, config: { ...base, apart: new Map() } })).stop()
  }
  const port = await freePort()
  const address = `http://127.0.0.1:${port}/graphql`
  const keys = await ensurePassportKeys(join(base.SOUK_DATA_DIR, 'keys'))
  const assistant = await assistantOf(name, base)
  const config = {
    ...base,
    apart: new Map([[name, [address]]]),
    PASSPORT_PRIVATE_KEY: await readFile(keys.privateKeyFile, 'utf8'),
    PROPOSAL_SECRET: assistant.PROPOSAL_SECRET ?? base.PROPOSAL_SECRET,
  }
  let part: Kept | undefined
  const souk = await startSouk({
    ...common,
    config,
    async beside(postgres, stack) {
      const own = {
        ...assistant,
        PASSPORT_PUBLIC_KEY_FILE: keys.publicKeyFile,
        MAIL_FOLDER: join(base.SOUK_DATA_DIR, 'mail'),
      }
      const redis = await redisOf(name, options, stack)
      const stores = { ...storesOn(postgres, name), ...redis }
      part = await progress.step(`Starting ${name} apart`, () =>
        run({ name, program: `subgraphs/${name}/main.ts`, port, environment: { ...own, ...stores } }, options, stack),
      )
    },
  })
  if (part === undefined) throw new Error(`${name} was not started`)
  return { ...souk, part, address }
}

/** The part is told where the gateway is before that listens. */
async function onKnownPort(config: EmbeddedConfig): Promise<EmbeddedConfig> {
  return config.PORT === 0 ? { ...config, PORT: await freePort() } : config
}

/** What the assistant and cart share, where one of them runs apart; and where the assistant asks the graph. */
async function assistantOf(name: string, base: EmbeddedConfig): Promise<Variables> {
  if (name !== 'cart' && name !== 'recommendations') return {}
  const file = await ensureProposalSecret(join(base.SOUK_DATA_DIR, 'keys'))
  const secret = { PROPOSAL_SECRET: base.PROPOSAL_SECRET ?? (await readFile(file, 'utf8')) }
  return name === 'cart' ? secret : { ...secret, GRAPH_URL: `${urlOf(base)}/graphql` }
}

async function run(part: Part, { environment, progress, signal }: ExtractOptions, stack: Stack): Promise<Kept> {
  const logs = join(readConfig(environment).SOUK_DATA_DIR, 'logs')
  await mkdir(logs, { recursive: true })
  const { name } = part
  const kept = await keepRunning({ name, say: progress.printBetween, start: () => startPart(part, logs) })
  stack.onStop(() => kept.stop())
  await untilReady(part, signal)
  return kept
}

async function redisOf(name: string, { environment, onRedis }: ExtractOptions, stack: Stack): Promise<Variables> {
  const { SOUK_DATA_DIR: dataDir } = readConfig(environment)
  if (!onRedis) {
    if (name === 'cart') assertNoCartsOnRedis(dataDir)
    return {}
  }
  const folder = name === 'cart' ? cartsOnRedis(dataDir) : join(dataDir, `redis-of-${name}`)
  const redis = await startRedis({ folder })
  stack.onStop(async () => {
    const hasNoMore = await hasNoMoreThanBackup(redis.url)
    await redis.stop()
    // Carts may change in PostgreSQL next, by npm start: what lies here would be old, and taken for what is.
    if (hasNoMore) await removeWhole(folder)
  })
  return { REDIS_URL: redis.url }
}

/** Renamed before: half of what Redis had would be taken for what is, too. */
async function removeWhole(folder: string): Promise<void> {
  const removed = `${folder}.removed`
  await rm(removed, { recursive: true, force: true })
  await rename(folder, removed)
  await rm(removed, { recursive: true })
}

async function hasNoMoreThanBackup(url: string): Promise<boolean> {
  const redis = redisConnection({ url, log: createLogger('silent') })
  try {
    await redis.connected()
    return (await unsavedCarts(redis)) === 0
  } catch {
    return false
  } finally {
    await redis.close()
  }
}

/** The embedded PostgreSQL listens on a socket in a folder, and nowhere else. */
function storesOn({ socketDir, user }: EmbeddedPostgres, name: string): Variables {
  const urlOf = (owner: string) =>
    `postgres://${user}@localhost/${databaseName(owner)}?host=${encodeURIComponent(socketDir)}&sslmode=disable`
  return { DATABASE_URL: urlOf(name), BUS_DATABASE_URL: urlOf('bus') }
}
