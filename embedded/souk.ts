import { generateKeyPair } from 'jose'

import { createGateway, type Gateway } from '../gateway/gateway.ts'
import { postgresBus } from '../platform/bus/bus.postgres.ts'
import type { Bus } from '../platform/bus/bus.ts'
import { systemClock } from '../platform/clock.ts'
import { accessTokenVerifier } from '../platform/identity/access-token.ts'
import { passportOffice, type PassportOffice } from '../platform/identity/passport.ts'
import { asError } from '../platform/errors.ts'
import { newUuid } from '../platform/ids.ts'
import type { Logger } from '../platform/logging.ts'
import type { Subgraph } from '../platform/subgraph/subgraph.ts'
import { files, type EmbeddedConfig } from './config.ts'
import { assertPortFree } from './port.ts'
import { startPostgres } from './postgres/supervisor.ts'
import type { Progress } from './progress.ts'
import { seedOnce } from './seed.ts'
import { createSubgraphs, databaseName, type Subgraphs } from './subgraphs.ts'
import { readSupergraph } from './supergraph.ts'

/** Milliseconds that open requests are waited for. */
const patience = 10_000
const busDatabase = databaseName('bus')
const names = [
  'products',
  'inventory',
  'users',
  'cart',
  'orders',
  'payments',
  'notifications',
  'recommendations',
  'operations',
] as const

interface Started {
  readonly url: string
  readonly subgraphs: Subgraphs
  readonly bus: Bus
  /** What the gateway shows the subgraphs; whoever asks one of them directly needs them too. */
  readonly passports: PassportOffice
}

export interface Souk extends Started {
  /** Ends what is in hand, newest first: requests, consumers, the bus, PostgreSQL. */
  stop(): Promise<void>
}

/** What has been started, and how to end each again, so that a start that fails half-way leaves nothing behind. */
class Stack {
  readonly #ends: (() => Promise<void>)[] = []

  onStop(end: () => Promise<void>): void {
    this.#ends.push(end)
  }

  async stop(): Promise<void> {
    const failures: unknown[] = []
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) {
      // One that fails must not keep the rest open, PostgreSQL least of all.
      await end().catch((thrown: unknown) => failures.push(thrown))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.')
  }
}

/** The whole shop in this process. Resolves when it answers. */
export async function startSouk(parts: { config: EmbeddedConfig; log: Logger; progress: Progress }): Promise<Souk> {
  const stack = new Stack()
  try {
    return { ...(await start(parts, stack)), stop: () => stack.stop() }
  } catch (thrown) {
    await stack.stop().catch((error: unknown) => parts.log.error({ err: asError(error) }, 'stopping failed too'))
    throw thrown
  }
}

type StartParts = Parameters<typeof startSouk>[0]

async function start({ config, log, progress }: StartParts, stack: Stack): Promise<Started> {
  const supergraphSdl = await readSupergraph(files.supergraph)
  await assertPortFree(config.HOST, config.PORT)
  const postgres = await progress.step('Starting PostgreSQL', () =>
    startPostgres({ dataDir: config.SOUK_DATA_DIR, log }),
  )
  stack.onStop(() => postgres.stop())
  await postgres.ensureDatabases([busDatabase, ...names.map(databaseName)])

  const bus = await postgresBus({ connection: postgres.connect(busDatabase), newId: newUuid, log })
  stack.onStop(() => bus.stop())
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const { subgraphs, databases } = createSubgraphs({ config, postgres, bus, passportKey: publicKey, log })
  stack.onStop(async () => {
    await Promise.all(databases.map((database) => database.close()))
  })
  await progress.step('Starting nine subgraphs', () => startAll(Object.values(subgraphs), stack))
  await seedOnce({ subgraphs, config, progress })

  const passports = passportOffice({ privateKey, clock: systemClock })
  const jwks = () => subgraphs.users.jwks()
  const gateway = await createGateway({
    supergraphSdl,
    subgraphs: new Map(Object.entries(subgraphs)),
    identify: accessTokenVerifier({ jwks, clock: systemClock }),
    passports,
    jwks,
    log,
    config: {
      production: config.NODE_ENV === 'production',
      graphiqlFolder: files.graphiql,
      fetchDeadline: config.FETCH_DEADLINE_MS,
    },
  })
  stack.onStop(() => gateway.close(patience))
  return { url: await open(gateway, config), subgraphs, bus, passports }
}

/** All at once; they stop all at once too, before the bus does. */
async function startAll(subgraphs: readonly Subgraph[], stack: Stack): Promise<void> {
  stack.onStop(async () => {
    await Promise.all(subgraphs.map((subgraph) => subgraph.stop()))
  })
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()))
}

async function open(gateway: Gateway, { HOST, PORT }: EmbeddedConfig): Promise<string> {
  const { port } = await gateway.listen({ host: HOST, port: PORT })
  // An address for all interfaces is none to type into a browser.
  const host = ['0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
