import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'

import { StartError } from '../../start-error.ts'
import type { Binaries } from '../binaries.ts'
import type { ServerLog } from './server-log.ts'
import { commandFor, type ServerUser } from './server-user.ts'
import { socketPort } from '../data-folder/socket-folder.ts'

export interface Server {
  readonly pid: number | undefined
  /** Lets sessions end for a moment, ends those that do not, writes everything out, waits. */
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly binaries: Binaries
  readonly cluster: string
  readonly user: ServerUser
  readonly socketDir: string
  readonly serverLog: ServerLog
  /** False gives up safety against a crash of the machine for speed: for tests alone. */
  readonly durable: boolean
  /** Called when the server ends by itself. */
  onLost(error: StartError): void
}

type ServerProcess = ChildProcessByStdio<null, null, Readable>

/** Milliseconds. Recovery after a crash comes before readiness, so that takes its time. */
const longestStart = 120_000
const sessionsMayEnd = 500
const orderlyShutdown = 10_000
const attempts = 20

/** Processes of a server that was killed take a moment to notice and to give the cluster free. */
const passing = /pre-existing shared memory block|lock file .* already exists|address already in use/i

export async function startServer(options: ServerOptions): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const child = spawnServer(options)
    if (await becomesReady(child, options.serverLog)) return supervise(child, options)
    const reason = options.serverLog.lastFailure() ?? `it ended with ${child.exitCode ?? child.signalCode}`
    if (attempt === attempts || !passing.test(reason)) throw startFailed(reason, options.serverLog)
    await pause(100)
  }
}

function spawnServer({ binaries, cluster, user, socketDir, durable }: ServerOptions): ServerProcess {
  const settings = Object.entries({ ...serverSettings(socketDir), ...(durable ? {} : unsafeSettings) })
  const { file, args, options } = commandFor(user, [
    binaries.postgres,
    ...['-D', cluster],
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  // A session of its own: Ctrl-C in the terminal is for us alone, who drain first and stop the server last.
  return spawn(file, args, { ...options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
}

function serverSettings(socketDir: string): Record<string, string> {
  return {
    listen_addresses: '',
    port: String(socketPort),
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    // Shared by the pools of nine subgraphs and the bus. Many connections, each of small work: no parallel plans.
    max_connections: '200',
    shared_buffers: '64MB',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    max_worker_processes: '2',
    io_method: 'sync',
    jit: 'off',
    huge_pages: 'off',
    // Nothing replicates from here: less to log, fewer processes.
    wal_level: 'minimal',
    max_logical_replication_workers: '0',
    max_wal_senders: '0',
    max_wal_size: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    // The details of an error quote the row, and with it addresses and e-mails.
    log_error_verbosity: 'terse',
    log_line_prefix: '%m [%p] %d ',
  }
}

const unsafeSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** True when the server accepts connections, false when it ended before. */
async function becomesReady(child: ServerProcess, serverLog: ServerLog): Promise<boolean> {
  const lines = createInterface({ input: child.stderr })
  const ready = new Promise<boolean>((resolve, reject) => {
    lines.on('line', (line) => {
      serverLog.write(line)
      if (line.includes('ready to accept connections')) resolve(true)
    })
    // "close" and not "exit": its last words are read by then.
    child.once('close', () => resolve(false))
    child.once('error', reject)
  })
  const tooLong = setTimeout(() => child.kill('SIGQUIT'), longestStart)
  return ready.finally(() => clearTimeout(tooLong))
}

function startFailed(reason: string, serverLog: ServerLog): StartError {
  return new StartError(`PostgreSQL did not start: ${reason}.`, { cure: `Its own words are in ${serverLog.path}.` })
}

function lost(how: number | string | null, { path }: ServerLog): StartError {
  return new StartError(`PostgreSQL ended by itself (${how}).`, {
    cure: `Start again, which mends what was cut off; its own words are in ${path}.`,
  })
}

function supervise(child: ServerProcess, { serverLog, onLost }: ServerOptions): Server {
  const ended = once(child, 'exit')
  let stopping: Promise<void> | undefined
  // Where the system does not signal our end to the server, we do, at least for every end but kill -9.
  const endServer = (): boolean => child.kill('SIGINT')
  process.once('exit', endServer)
  child.once('exit', (code, signal) => {
    process.off('exit', endServer)
    if (stopping === undefined) onLost(lost(code ?? signal, serverLog))
  })

  async function stop(): Promise<void> {
    // Waits for sessions to end: those of a pool that has just been closed are on their way, and would meet an error.
    child.kill('SIGTERM')
    const timers = [
      setTimeout(() => child.kill('SIGINT'), sessionsMayEnd),
      setTimeout(() => child.kill('SIGQUIT'), orderlyShutdown),
    ]
    await ended
    for (const timer of timers) clearTimeout(timer)
  }

  return {
    pid: child.pid,
    stop: () => (stopping ??= isRunning(child) ? stop() : Promise.resolve()),
  }
}

function isRunning(child: ServerProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}
