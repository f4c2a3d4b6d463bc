import { asError } from '../platform/errors.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import { operationsOf } from '../gateway/registered-operations.ts'
import { assertNoCartsOnRedis, assertProductsThere } from './elsewhere.ts'
import { files, type EmbeddedConfig } from './config.ts'
import { databaseName, listedSubgraphs } from './composition/names.ts'
import { assertPortFree, portError } from './port.ts'
import { startPostgres, type EmbeddedPostgres } from './postgres/supervisor.ts'
import type { Progress } from './console/progress.ts'
import { prepareSeed } from './seed.ts'
import type { Shop } from './shop.ts'
import { allToTheEnd, Stack } from '../platform/work/stack.ts'
import { StartError } from './start-error.ts'
import { readSupergraph } from './composition/supergraph.ts'

interface StartParts {
  readonly config: EmbeddedConfig
  readonly log: Logger
  readonly progress: Progress
  /** Calls the start off; what has been started is stopped again. */
  readonly signal?: AbortSignal
  /** Starts what runs beside the shop on the same PostgreSQL; the stack ends it after the gateway, and before PostgreSQL. */
  beside?(postgres: EmbeddedPostgres, stack: Stack): Promise<void>
  /** Called when PostgreSQL ends by itself: nothing works any more then. */
  onLost?(error: StartError): void
}

export interface Souk extends Pick<Shop, 'subgraphs' | 'bus' | 'passports'> {
  readonly url: string
  /** Prepares what clients have registered, while it answers. */
  warm(): Promise<void>
  /** Ends what is in hand, newest first: requests, consumers, the bus, PostgreSQL. */
  stop(): Promise<void>
}

/** The whole shop in this process. Resolves when it answers. */
export async function startSouk(parts: StartParts): Promise<Souk> {
  const stack = new Stack()
  try {
    return { ...(await start(parts, stack)), stop: () => stack.stop() }
  } catch (thrown) {
    await stack.stop().catch((error: unknown) => parts.log.error({ err: asError(error) }, 'stopping failed too'))
    throw thrown
  }
}

async function start(parts: StartParts, stack: Stack): Promise<Omit<Souk, 'stop'>> {
  const { config, log, progress, signal = new AbortController().signal } = parts
  const supergraphSdl = await readSupergraph(config.SOUK_SUPERGRAPH)
  const registered = await operationsOf(config, { otherwise: files.clients, log })
  await assertPortFree({ host: config.HOST, port: config.PORT })
  // PostgreSQL needs a while to come up, and so do hundreds of modules to be read.
  const [postgres, { startShop }, seed] = await progress.step('Starting PostgreSQL and loading the shop', () =>
    allToTheEnd([startDatabases(parts, stack), import('./shop.ts'), prepareSeed(config)]),
  )
  signal.throwIfAborted()
  // Now that nobody else runs on the folder.
  if (!config.apart.has('cart')) assertNoCartsOnRedis(config.SOUK_DATA_DIR)
  if (!config.apart.has('products')) await assertProductsThere(config.SOUK_DATA_DIR)
  const startWith = (own: EmbeddedConfig, on: Stack) =>
    progress.step(`Starting ${counted(own)} and the gateway`, () =>
      startShop({ config: own, log, postgres, supergraphSdl, registered }, on),
    )
  const fillWith = ({ subgraphs }: Shop) => seed?.({ subgraphs, config, progress, signal })
  if (seed !== undefined && config.apart.size > 0) {
    // The shop is filled by its subgraphs, within one process.
    assertOnSamePostgres(parts)
    await forNow((whole) => startWith({ ...config, apart: new Map() }, whole).then(fillWith))
  }
  await parts.beside?.(postgres, stack)
  signal.throwIfAborted()
  const shop = await startWith(config, stack)
  if (config.apart.size === 0) await fillWith(shop)
  if (seed === undefined) await trainUnlessTrained(shop, config)
  signal.throwIfAborted()
  return { ...shop, url: await open(shop, config), warm: () => shop.gateway.warm() }
}

/** Nobody else trains this shop's: what an earlier process had begun has ended with it, though it may still claim it. */
async function trainUnlessTrained({ subgraphs: { recommendations } }: Shop, { apart }: EmbeddedConfig): Promise<void> {
  if (!apart.has('recommendations') && !recommendations.isTrained()) await recommendations.requestTraining()
}

function counted({ apart }: EmbeddedConfig): string {
  return apart.size === 0 ? 'nine subgraphs' : `the subgraphs without ${[...apart.keys()].join(', ')}`
}

/** What is filled here would be another database than that of the subgraph, for all that is known of a process elsewhere. */
function assertOnSamePostgres({ config, beside }: StartParts): void {
  if (beside !== undefined) return
  const variables = [...config.apart.keys()].map((name) => `SUBGRAPH_URL_${name.toUpperCase()}`)
  throw new StartError(`The shop in ${config.SOUK_DATA_DIR} is empty, and only all nine in one process can fill it.`, {
    cure: `Run npm start once without ${variables.join(' and ')}, and then with it.`,
  })
}

/** Ends what `work` starts when it is done. */
async function forNow(work: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = new Stack()
  try {
    await work(stack)
  } finally {
    await stack.stop()
  }
}

async function startDatabases({ config, log, onLost }: StartParts, stack: Stack): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({
    dataDir: config.SOUK_DATA_DIR,
    log,
    ...(onLost === undefined ? {} : { onLost }),
  })
  stack.onStop(() => postgres.stop())
  await postgres.ensureDatabases(['bus', ...listedSubgraphs()].map(databaseName))
  return postgres
}

async function open({ gateway }: Shop, { HOST, PORT }: EmbeddedConfig): Promise<string> {
  const { port } = await gateway.listen({ host: HOST, port: PORT }).catch((cause: unknown) => {
    // Somebody was quicker since the port was found free.
    throw portError(cause, { host: HOST, port: PORT })
  })
  return urlOf({ HOST, PORT: port })
}

/** Where the gateway is reached that listens there. */
export function urlOf({ HOST, PORT }: Pick<EmbeddedConfig, 'HOST' | 'PORT'>): string {
  // An address for all interfaces is none to type into a browser.
  const host = ['0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}
