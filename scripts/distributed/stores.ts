import { join } from 'node:path'

import { databaseName, listedSubgraphs } from '../../embedded/composition/names.ts'
import type { Environment } from '../../platform/config.ts'
import { allToTheEnd, type Stack } from '../../platform/work/stack.ts'
import type { Step } from '../servers/installed.ts'
import { mongoProgram, startMongo } from '../servers/mongodb.ts'
import { natsProgram, startNats } from '../servers/nats.ts'
import { startPostgresServer } from '../servers/postgres.ts'
import { redisProgram, startRedis } from '../servers/redis.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { keepRunning, type Kept } from './keep-running.ts'
import type { Variables } from './parts.ts'

export interface RunningStores {
  /** What a job is told that needs all of them: CART_DATABASE_URL, BUS_DATABASE_URL, ... */
  readonly variables: Variables
  /** By name; those that are somebody else's are not among them. */
  readonly servers: readonly Kept[]
  /** Which server each store is, as for people. */
  readonly described: readonly string[]
}

export interface StoresOptions {
  /** Each keeps what it has in a folder of its own below it. */
  readonly folder: string
  /** `postgres`: everything on PostgreSQL, the bus too. */
  readonly kind: 'each its own' | 'postgres'
  /** False gives up safety against a crash of the machine for speed: for tests alone. */
  readonly durable: boolean
  say(line: string): void
  /** Where servers may be named that are there already: NATS_URL, REDIS_URL, MONGODB_URL. */
  readonly given: Environment
}

/** One by one, so that each is seen. @throws MissingServer */
export async function installStores({ kind, given }: Pick<StoresOptions, 'kind' | 'given'>, step: Step): Promise<void> {
  if (kind === 'postgres') return
  for (const { variable, install } of otherStores) if (given[variable] === undefined) await install(step)
}

/** Starts the servers that the subgraphs keep things in, each started again on the same port whenever it ends. */
export async function startStores(options: StoresOptions, stack: Stack): Promise<RunningStores> {
  const { kind } = options
  const started = await allToTheEnd([
    postgresStores(options, stack),
    ...(kind === 'postgres' ? [] : otherStores.map((store) => otherStore(store, options, stack))),
  ])
  return {
    servers: started.flatMap(({ servers }) => servers),
    variables: Object.fromEntries(started.flatMap(({ variables }) => Object.entries(variables))),
    described: started.flatMap(({ described }) => described),
  }
}

async function postgresStores({ folder, kind, durable, say }: StoresOptions, stack: Stack): Promise<RunningStores> {
  const start = (port: { port?: number }) => startPostgresServer({ folder: join(folder, 'postgres'), durable, ...port })
  const server = await keepOnItsPort('PostgreSQL', say, start)
  stack.onStop(() => server.stop())
  const owners = kind === 'postgres' ? ['bus', ...listedSubgraphs()] : listedSubgraphs()
  const variables: Record<string, string> = {}
  for (const owner of owners) {
    variables[`${owner.toUpperCase()}_DATABASE_URL`] = await server.first.ensureDatabase(databaseName(owner))
  }
  const described = `PostgreSQL at 127.0.0.1:${server.first.port}, with a database and a user for each subgraph`
  return { servers: [server], variables, described: [described] }
}

interface StartOptions {
  readonly folder: string
  readonly port?: number
}

interface Server extends ServerProcess {
  readonly url: string
  readonly port: number
  /** Which program it is, where there are several. */
  readonly name?: string
}

interface Store {
  readonly name: string
  /** Names one that is there already; and parts get its address in it. */
  readonly variable: string
  /** Installs its program where it is missing. */
  install(step: Step): Promise<unknown>
  start(options: StartOptions): Promise<Server>
}

/** Beside PostgreSQL. */
export const otherStores: readonly Store[] = [
  { name: 'NATS', variable: 'NATS_URL', install: natsProgram, start: startNats },
  { name: 'Redis', variable: 'REDIS_URL', install: redisProgram, start: startRedis },
  { name: 'MongoDB', variable: 'MONGODB_URL', install: mongoProgram, start: startMongo },
]

/** The server that a variable names, which is nobody's here to end; else one of our own. */
async function otherStore(
  { name, variable, start }: Store,
  options: StoresOptions,
  stack: Stack,
): Promise<RunningStores> {
  const { folder, say, given } = options
  const url = given[variable]
  if (url !== undefined) {
    return { servers: [], variables: { [variable]: url }, described: [`${name} as ${variable} says`] }
  }
  const own = join(folder, name.toLowerCase())
  const server = await keepOnItsPort(name, say, (port) => start({ folder: own, ...port }))
  stack.onStop(() => server.stop())
  const { first } = server
  const standIn = first.name === undefined || first.name === 'mongod' ? '' : ` (${first.name}, which stands in for it)`
  return {
    servers: [server],
    variables: { [variable]: first.url },
    described: [`${name} at 127.0.0.1:${first.port}${standIn}`],
  }
}

/** On a free port at first, and on the same from then on. */
function keepOnItsPort<Kind extends ServerProcess & { readonly port: number }>(
  name: string,
  say: (line: string) => void,
  start: (options: { port?: number }) => Promise<Kind>,
): Promise<Kept & { readonly first: Kind }> {
  let port: number | undefined
  return keepRunning({
    name,
    say,
    async start() {
      const server = await start(port === undefined ? {} : { port })
      port = server.port
      return server
    },
  })
}
