import { join } from 'node:path'

import { listedSubgraphs } from '../../embedded/composition/names.ts'
import { startPostgresServer } from '../servers/postgres.ts'
import type { Stack } from '../../platform/work/stack.ts'
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
}

/** Starts the servers that the subgraphs keep things in, each started again on the same port whenever it ends. */
export async function startStores(options: StoresOptions, stack: Stack): Promise<RunningStores> {
  const { folder, durable, say } = options
  const postgres = await keepOnItsPort('PostgreSQL', say, (port) =>
    startPostgresServer({ folder: join(folder, 'postgres'), durable, ...port }),
  )
  stack.onStop(() => postgres.stop())
  return {
    servers: [postgres],
    variables: await databasesOf(postgres.first),
    described: [`PostgreSQL at 127.0.0.1:${postgres.first.port}, with a database and a user for each subgraph`],
  }
}

async function databasesOf(server: Awaited<ReturnType<typeof startPostgresServer>>): Promise<Variables> {
  const variables: Record<string, string> = { BUS_DATABASE_URL: await server.ensureDatabase('souk_bus') }
  for (const name of listedSubgraphs()) {
    variables[`${name.toUpperCase()}_DATABASE_URL`] = await server.ensureDatabase(`souk_${name}`)
  }
  return variables
}

/** On a free port at first, and on the same from then on. */
function keepOnItsPort<Server extends ServerProcess & { readonly port: number }>(
  name: string,
  say: (line: string) => void,
  start: (options: { port?: number }) => Promise<Server>,
): Promise<Kept & { readonly first: Server }> {
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
