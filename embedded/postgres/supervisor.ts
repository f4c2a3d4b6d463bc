import { resolve } from 'node:path'
import type { PoolConfig } from 'pg'

import type { Logger } from '../../platform/telemetry/logging.ts'
import type { StartError } from '../start-error.ts'
import { installedBinaries, reachableBinaries } from './binaries.ts'
import { ensureCluster, databaseUser } from './cluster.ts'
import { claimDataFolder, type DataFolder } from './data-folder/data-folder.ts'
import { connectionTo, ensureDatabases } from './databases.ts'
import { endOrphan } from './orphan.ts'
import { openServerLog } from './server/server-log.ts'
import { startServer, type Server } from './server/server.ts'
import { serverUser } from './server/server-user.ts'
import { makeSocketFolder, removeSocketFolder } from './data-folder/socket-folder.ts'

interface StartOptions {
  /** Becomes Souk's own: new, empty, or made by an earlier start. */
  readonly dataDir: string
  readonly log: Logger
  /** False gives up safety against a crash of the machine for speed: for tests alone. */
  readonly durable?: boolean
  /** Where PostgreSQL's files go when we are root and the data folder is below a folder that only root may enter. Places that outlive a restart. */
  readonly elsewhere?: readonly string[]
  /** Called when PostgreSQL ends by itself: nothing works any more then. */
  onLost?(error: StartError): void
  /** The folder of PostgreSQL's binaries, unless it is the one npm installed. */
  readonly installed?: string
}

export interface EmbeddedPostgres {
  /** The folder of the Unix socket, the only way in. */
  readonly socketDir: string
  readonly user: string
  /** Process number of the server. */
  readonly pid: number | undefined
  connect(database: string): PoolConfig
  ensureDatabases(names: readonly string[]): Promise<void>
  /** Ends all sessions and the server, and gives the data folder free. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that lies in node_modules, on the data folder, for this process alone; mends what a crash has left.
 * @throws StartError naming cause and cure; the data folder is as it was then
 */
export async function startPostgres({
  dataDir,
  log,
  durable = true,
  elsewhere = ['/var/lib', '/var/tmp'],
  installed = installedBinaries(),
  onLost = (error) => log.error({ err: error }, 'PostgreSQL is gone'),
}: StartOptions): Promise<EmbeddedPostgres> {
  const user = await serverUser()
  const folder = await claimDataFolder({ dataDir: resolve(dataDir), user, elsewhere })
  const { home } = folder
  if (home !== folder.path) log.info({ folder: home }, 'only root may enter the data folder: PostgreSQL is elsewhere')
  try {
    const binaries = await reachableBinaries(installed, home, user)
    const cluster = await ensureCluster({ home, user, binaries, durable, log })
    await endOrphan(cluster, log)
    const socketDir = await makeSocketFolder(home, user)
    const serverLog = openServerLog({ path: resolve(folder.path, 'postgres.log') })
    const server = await startServer({ binaries, cluster, user, socketDir, serverLog, durable, onLost })
    return running(server, socketDir, folder)
  } catch (thrown) {
    await removeSocketFolder(home)
    await folder.release()
    throw thrown
  }
}

function running(server: Server, socketDir: string, folder: DataFolder): EmbeddedPostgres {
  let stopping: Promise<void> | undefined

  async function stop(): Promise<void> {
    await server.stop()
    await removeSocketFolder(folder.home)
    await folder.release()
  }

  return {
    socketDir,
    user: databaseUser,
    pid: server.pid,
    connect: (database) => connectionTo(socketDir, database),
    ensureDatabases: (names) => ensureDatabases(socketDir, names),
    stop: () => (stopping ??= stop()),
  }
}
