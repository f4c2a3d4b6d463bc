import { execFile } from 'node:child_process'
import { chown, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import type { Logger } from '../../platform/telemetry/logging.ts'
import { StartError } from '../start-error.ts'
import type { Binaries } from './binaries.ts'
import { namedCommandFor, type Command, type ServerUser } from './server/server-user.ts'
import { unlessFailedWith } from './system-error.ts'

/** The one database user. Whoever reaches the socket is it: the socket's folder is for the server's user (and root) alone. */
export const databaseUser = 'souk'

const draftPrefix = 'initialising-'

interface ClusterOptions {
  readonly home: string
  readonly user: ServerUser
  readonly binaries: Binaries
  readonly durable: boolean
  readonly log: Logger
}

/**
 * The folder of the database cluster, made on the first start. It is made under another name and renamed when complete:
 * what a crash leaves half done is thrown away.
 * @throws StartError when the cluster cannot be made, or is not one this server may open
 */
export async function ensureCluster({ home, user, binaries, durable, log }: ClusterOptions): Promise<string> {
  const cluster = join(home, 'postgres')
  await removeDrafts(home)
  const existing = await unlessFailedWith(['ENOENT'], stat(cluster))
  if (existing !== undefined) {
    refuseOtherOwner(cluster, existing.uid, user)
    await refuseOtherVersion(cluster, binaries)
    return cluster
  }
  log.info({ folder: cluster }, 'making the database cluster')
  const draft = await mkdtemp(join(home, draftPrefix))
  if (user.dropped) await chown(draft, user.uid, user.gid)
  await initialise(draft, { user, binaries, durable })
  await rename(draft, cluster)
  return cluster
}

async function removeDrafts(home: string): Promise<void> {
  const names = await readdir(home)
  const drafts = names.filter((name) => name.startsWith(draftPrefix))
  // An initdb that outlived its Souk may still be writing for a moment.
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }
  await Promise.all(drafts.map((name) => rm(join(home, name), options)))
}

async function initialise(
  folder: string,
  { user, binaries, durable }: Pick<ClusterOptions, 'user' | 'binaries' | 'durable'>,
): Promise<void> {
  const command = await namedCommandFor(user, [
    binaries.initdb,
    `--pgdata=${folder}`,
    `--username=${databaseUser}`,
    '--auth-local=trust',
    '--auth-host=reject',
    // Right case folding ('É' to 'é') whatever locales the machine has.
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ])
  if (command === undefined) throw namelessUser(user)
  await runInitdb(command, folder)
}

async function runInitdb({ file, args, options }: Command, folder: string): Promise<void> {
  try {
    await promisify(execFile)(file, args, options)
  } catch (cause) {
    await rm(folder, { recursive: true, force: true })
    const output = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
    const reason = /(?:error|FATAL|PANIC): *(.+)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1)
    throw new StartError(`The database cluster could not be made: ${reason}`, {
      cure: 'See that the disk of the data folder has 100 MB free and no limit on memory or processes is met.',
      cause,
    })
  }
}

function namelessUser({ uid }: ServerUser): StartError {
  return new StartError(`User ${uid} has no name on this system, and PostgreSQL insists on one to make its data.`, {
    cure: `Add a line for ${uid} to /etc/passwd, or start Souk as root or as another user.`,
  })
}

function refuseOtherOwner(cluster: string, owner: number, user: ServerUser): void {
  if (owner === user.uid) return
  throw new StartError(`The data in ${cluster} belongs to user ${owner}, but PostgreSQL would run as ${user.uid}.`, {
    cure: 'Start Souk as the user who first started it here, or name another folder by SOUK_DATA_DIR.',
  })
}

async function refuseOtherVersion(cluster: string, { major }: Binaries): Promise<void> {
  const version = await unlessFailedWith(['ENOENT'], readFile(join(cluster, 'PG_VERSION'), 'utf8'))
  if (Number(version) === major) return
  const what = version === undefined ? 'is damaged: PG_VERSION is missing' : `is of PostgreSQL ${version.trim()}`
  throw new StartError(`The data in ${cluster} ${what}; this Souk has PostgreSQL ${major}.`, {
    cure: 'Start the Souk that made it, or name another folder by SOUK_DATA_DIR.',
  })
}
