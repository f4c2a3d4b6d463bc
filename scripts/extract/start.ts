import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { databaseName } from '../../embedded/composition/names.ts'
import { readConfig, type EmbeddedConfig } from '../../embedded/config.ts'
import { assertNoCartsOnRedis, cartsOnRedis } from '../../embedded/elsewhere.ts'
import type { Progress } from '../../embedded/console/progress.ts'
import type { EmbeddedPostgres } from '../../embedded/postgres/supervisor.ts'
import { startSouk, urlOf, type Souk } from '../../embedded/souk.ts'
import type { StartError } from '../../embedded/start-error.ts'
import type { Environment } from '../../platform/config.ts'
import { redisConnection } from '../../platform/redis/connection.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import type { Stack } from '../../platform/work/stack.ts'
import { unpublishedIn, unsavedCarts } from '../../subgraphs/cart/stores/redis/all-carts.ts'
import { keepRunning, type Kept } from '../distributed/keep-running.ts'
import { startPart, untilReady, type Part, type Variables } from '../distributed/parts.ts'
import { newPassportKeys } from '../distributed/passport-keys.ts'
import { newProposalSecret } from '../distributed/proposal-secret.ts'
import { freePort } from '../servers/free-port.ts'
import { redisProgram, startRedis } from '../servers/redis.ts'
import { settleWhereProductsAre } from './moved-products.ts'

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
  /** The stores of other kinds that it was given, beside PostgreSQL. */
  readonly otherStores: Variables
}

/** The shop in this process without one subgraph, and that one in a process of its own, on the same PostgreSQL. */
export async function startExtracted(options: ExtractOptions): Promise<Extracted> {
  const { name, environment, progress, signal, onLost } = options
  const base = await onKnownPort(readConfig(environment))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}/graphql`
  const { privateKey, publicKey } = newPassportKeys()
  const proposalSecret = base.PROPOSAL_SECRET ?? newProposalSecret()
  const config = {
    ...base,
    apart: new Map([[name, [address]]]),
    PASSPORT_PRIVATE_KEY: privateKey,
    PROPOSAL_SECRET: proposalSecret,
  }
  let part: Kept | undefined
  let otherStores: Variables = {}
  const souk = await startSouk({
    ...{ config, log: createLogger(base.LOG_LEVEL), progress, signal, ...(onLost && { onLost }) },
    async beside(postgres, stack) {
      const own = {
        PASSPORT_PUBLIC_KEY: publicKey,
        MAIL_FOLDER: join(base.SOUK_DATA_DIR, 'mail'),
        ...assistantOf(name, { proposalSecret, gateway: urlOf(base) }),
      }
      if (name === 'products')
        await settleWhereProductsAre({ dataDir: base.SOUK_DATA_DIR, postgres, environment, step: progress.step })
      otherStores = await otherStoresOf(options, stack)
      const stores = { ...storesOn(postgres, name), ...otherStores }
      part = await progress.step(`Starting ${name} apart`, () =>
        run({ name, program: `subgraphs/${name}/main.ts`, port, environment: { ...own, ...stores } }, options, stack),
      )
    },
  })
  if (part === undefined) throw new Error(`${name} was not started`)
  return { ...souk, part, address, otherStores }
}

/** The part is told where the gateway is before that listens. */
async function onKnownPort(config: EmbeddedConfig): Promise<EmbeddedConfig> {
  return config.PORT === 0 ? { ...config, PORT: await freePort() } : config
}

/** What the assistant and cart share, where one of them runs apart; and where the assistant asks the graph. */
function assistantOf(name: string, parts: { readonly proposalSecret: string; readonly gateway: string }): Variables {
  if (name !== 'cart' && name !== 'recommendations') return {}
  const secret = { PROPOSAL_SECRET: parts.proposalSecret }
  return name === 'cart' ? secret : { ...secret, GRAPH_URL: `${parts.gateway}/graphql` }
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

async function otherStoresOf(
  { name, environment, onRedis, progress }: ExtractOptions,
  stack: Stack,
): Promise<Variables> {
  const { SOUK_DATA_DIR: dataDir } = readConfig(environment)
  if (!onRedis) {
    if (name === 'cart') assertNoCartsOnRedis(dataDir)
    return givenStoresOf(name, environment)
  }
  const folder = name === 'cart' ? cartsOnRedis(dataDir) : join(dataDir, `redis-of-${name}`)
  await redisProgram(progress.step)
  const redis = await startRedis({ folder })
  stack.onStop(async () => {
    const hasNoMore = await holdsNothingAlone(redis.url)
    await redis.stop()
    // Carts may change in PostgreSQL next, by npm start: what lies here would be old, and taken for what is.
    if (hasNoMore) await removeWhole(folder)
  })
  return { REDIS_URL: redis.url }
}

/** A store of another kind that is there already: `MONGODB_URL=... npm run extract -- products` once its products have moved. */
function givenStoresOf(name: string, { MONGODB_URL, REDIS_URL }: Environment): Variables {
  if (name === 'products' && MONGODB_URL !== undefined) return { MONGODB_URL }
  return REDIS_URL === undefined ? {} : { REDIS_URL }
}

/** Renamed before: half of what Redis had would be taken for what is, too. */
async function removeWhole(folder: string): Promise<void> {
  const removed = `${folder}.removed`
  await rm(removed, { recursive: true, force: true })
  await rename(folder, removed)
  await rm(removed, { recursive: true })
}

/** Whether all of it is in the backup, and what was said of it is published. */
export async function holdsNothingAlone(url: string): Promise<boolean> {
  const redis = redisConnection({ url, log: createLogger('silent') })
  try {
    await redis.connected()
    return (await unsavedCarts(redis)) === 0 && (await unpublishedIn(redis)) === 0
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
