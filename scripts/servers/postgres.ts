import { randomBytes } from 'node:crypto'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { Client, type ClientConfig } from 'pg'

import { installedBinaries, reachableBinaries } from '../../embedded/postgres/binaries.ts'
import { databaseUser, ensureCluster } from '../../embedded/postgres/cluster.ts'
import { claimDataFolder } from '../../embedded/postgres/data-folder/data-folder.ts'
import { makeSocketFolder, removeSocketFolder } from '../../embedded/postgres/data-folder/socket-folder.ts'
import { endOrphan } from '../../embedded/postgres/orphan.ts'
import { serverUser, type ServerUser } from '../../embedded/postgres/server/server-user.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { freePort } from './free-port.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export interface PostgresServerOptions {
  /** What it keeps lies here; started on it again, it goes on from there. */
  readonly folder: string
  /** A free one unless given. */
  readonly port?: number
  /** False gives up safety against a crash of the machine for speed: for tests alone. */
  readonly durable?: boolean
}

export interface PostgresServer extends ServerProcess {
  readonly url: string
  readonly port: number
  /** A database with a user of the same name who owns it and may enter no other; resolves with its address. */
  ensureDatabase(name: string): Promise<string>
}

const log = createLogger('warn')

/** Starts the PostgreSQL that lies in node_modules, on a TCP port of this machine, so that processes apart can reach it. */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const { folder, durable = true } = options
  const user = await serverUser()
  const claimed = await claimDataFolder({ dataDir: folder, user, elsewhere: ['/var/lib', '/var/tmp'] })
  try {
    const { home } = claimed
    const binaries = await reachableBinaries(installedBinaries(), home, user)
    const cluster = await ensureCluster({ home, user, binaries, durable, log })
    await endOrphan(cluster, log)
    const port = options.port ?? (await freePort())
    const host = await makeSocketFolder(home, user)
    const admin = { host, port, user: databaseUser, database: 'postgres', ssl: false }
    const settings = { ...settingsOf({ port, host, durable }), hba_file: await writeAccessRules(home) }
    const server = await startServer({
      ...commandAs(user, [binaries.postgres, '-D', cluster, ...asArguments(settings)]),
      name: 'postgres',
      folder: '/',
      isReady: () => answers(admin),
    })
    const released = server.ended.then(async () => {
      await removeSocketFolder(home)
      await claimed.release()
    })
    return {
      ...server,
      ended: released,
      kill: () => server.kill().then(() => released),
      stop: () => server.stop().then(() => released),
      port,
      url: urlOf(port, { name: 'postgres' }),
      ensureDatabase: (name) => ensureDatabase(name, admin),
    }
  } catch (thrown) {
    await removeSocketFolder(claimed.home)
    await claimed.release()
    throw thrown
  }
}

interface Settings {
  readonly port: number
  /** The folder of the Unix socket, by which the administrator comes in. */
  readonly host: string
  readonly durable: boolean
}

function settingsOf({ port, host, durable }: Settings): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: host,
    unix_socket_permissions: '0700',
    // Two replicas of nine subgraphs, each with a pool of its own, and those of the bus.
    max_connections: '400',
    shared_buffers: '64MB',
    max_parallel_workers_per_gather: '0',
    io_method: 'sync',
    jit: 'off',
    timezone: 'UTC',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    // The details of an error quote the row, and with it addresses and e-mails.
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
}

function asArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** PostgreSQL refuses to be root: root drops to an unprivileged user, and its process ends in order when ours dies. */
function commandAs({ uid, gid, dropped }: ServerUser, [program, ...args]: readonly [string, ...string[]]) {
  if (!dropped) return { command: program, args }
  const drop = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--pdeathsig=INT']
  return { command: 'setpriv', args: [...drop, '--', program, ...args] }
}

/** Who is let in: the administrator by the socket, whose folder is the server's own, and everybody else by a password. */
async function writeAccessRules(home: string): Promise<string> {
  const path = join(home, 'pg_hba.conf')
  await writeFile(path, 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n')
  await chmod(path, 0o644)
  return path
}

async function answers(admin: ClientConfig): Promise<boolean> {
  await asAdministrator(admin, (client) => client.query('select 1'))
  return true
}

/** Its password is a new one each time: who needs it is told its address. */
async function ensureDatabase(name: string, admin: ClientConfig & { readonly port: number }): Promise<string> {
  const password = randomBytes(16).toString('hex')
  await asAdministrator(admin, async (client) => {
    const identifier = client.escapeIdentifier(name)
    const { rowCount: known } = await client.query('select from pg_roles where rolname = $1', [name])
    await client.query(`${known === 0 ? 'create' : 'alter'} role ${identifier} login password '${password}'`)
    const { rowCount: made } = await client.query('select from pg_database where datname = $1', [name])
    if (made === 0) await client.query(`create database ${identifier} owner ${identifier} template template0`)
    await client.query(`revoke connect on database ${identifier} from public`)
  })
  return urlOf(admin.port, { name, password })
}

function urlOf(port: number, { name, password = '' }: { readonly name: string; readonly password?: string }): string {
  return `postgres://${name}:${password}@127.0.0.1:${port}/${name}`
}

async function asAdministrator<Result>(
  admin: ClientConfig,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client(admin)
  // Of a server that ends meanwhile; what is asked fails by itself.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
