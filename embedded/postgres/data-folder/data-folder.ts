import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

import { StartError } from '../../start-error.ts'
import { lockFolder, lockName, type FolderLock } from './folder-lock.ts'
import { canEnter, type ServerUser } from '../server/server-user.ts'
import { systemErrorCode, unlessFailedWith } from '../system-error.ts'

interface ClaimOptions {
  readonly dataDir: string
  readonly user: ServerUser
  /** Where PostgreSQL's files may go when its user cannot reach the data folder; the first that works is taken. */
  readonly elsewhere: readonly string[]
}

export interface DataFolder {
  readonly path: string
  /** Holds the cluster and, where needed, the copy of the binaries. The data folder itself, or a folder elsewhere. */
  readonly home: string
  release(): Promise<void>
}

/** The marker says that a folder is ours, and notes where PostgreSQL's files are when they are not in it. */
const markerName = 'souk.json'
const markerSchema = z.object({ souk: z.literal(1), postgresHome: z.string().optional() })
type Marker = z.infer<typeof markerSchema>

/**
 * Makes the folder ours, for this process alone, until it is released.
 * @throws StartError when it is somebody else's, cannot be written, or is in use; it is untouched then
 */
export async function claimDataFolder({ dataDir, user, elsewhere }: ClaimOptions): Promise<DataFolder> {
  try {
    await makeFolder(dirname(dataDir))
    await unlessFailedWith(['EEXIST'], mkdir(dataDir, { mode: 0o700 }))
    await refuseForeign(dataDir)
    await refuseOtherOwner(dataDir)
    const locks = [await lockFolder(dataDir)]
    try {
      const home = await findHome({ dataDir, user, elsewhere })
      if (home !== dataDir) locks.push(await lockFolder(home))
      return { path: dataDir, home, release: () => releaseAll(locks) }
    } catch (thrown) {
      await releaseAll(locks)
      throw thrown
    }
  } catch (thrown) {
    throw await explain(thrown, dataDir)
  }
}

/** With its parents. Node's own `recursive` never ends below /proc, where no folder can be made and none is missing. */
async function makeFolder(path: string): Promise<void> {
  const found = await unlessFailedWith(['ENOENT'], stat(path))
  if (found !== undefined) return
  await makeFolder(dirname(path))
  await unlessFailedWith(['EEXIST'], mkdir(path))
}

/** Where PostgreSQL's files of the data folder are. */
export async function postgresHome(dataDir: string): Promise<string> {
  return (await readMarker(dataDir))?.postgresHome ?? dataDir
}

async function releaseAll(locks: readonly FolderLock[]): Promise<void> {
  await Promise.all(locks.map((lock) => lock.release()))
}

async function refuseForeign(dataDir: string): Promise<void> {
  const names = await readdir(dataDir)
  if (names.includes(markerName)) return
  // A crash between lock and marker leaves our lock; the root of a mounted disk has a lost+found.
  const foreign = names.filter((name) => !name.startsWith(lockName) && name !== 'lost+found')
  if (foreign.length === 0) return
  throw new StartError(`The data folder ${dataDir} holds other things (such as ${foreign[0]}) and is not Souk's.`, {
    cure: 'Name an empty or a new folder by SOUK_DATA_DIR.',
  })
}

/** Who made the marker made the rest; two users in turn would lock each other out of their files. */
async function refuseOtherOwner(dataDir: string): Promise<void> {
  const marker = await unlessFailedWith(['ENOENT'], stat(join(dataDir, markerName)))
  const self = process.getuid?.()
  if (marker === undefined || self === undefined || marker.uid === self) return
  throw new StartError(`The data folder ${dataDir} belongs to user ${marker.uid}, and Souk runs as user ${self}.`, {
    cure: 'Start Souk as the user who first started it here, or name another folder by SOUK_DATA_DIR.',
  })
}

async function findHome({ dataDir, user, elsewhere }: ClaimOptions): Promise<string> {
  const marker = await readMarker(dataDir)
  const noted = marker?.postgresHome
  if (noted !== undefined) return existingHome(noted, dataDir)
  if (user.dropped) await letIn(dataDir, user)
  const home = (await canEnter(user, dataDir)) ? dataDir : await makeHome({ dataDir, user, elsewhere }, marker)
  await writeMarker(dataDir, home === dataDir ? { souk: 1 } : { souk: 1, postgresHome: home })
  return home
}

async function readMarker(dataDir: string): Promise<Marker | undefined> {
  const path = join(dataDir, markerName)
  const text = await unlessFailedWith(['ENOENT'], readFile(path, 'utf8'))
  if (text === undefined) return undefined
  try {
    return markerSchema.parse(JSON.parse(text))
  } catch (cause) {
    const cure = `Put it back as it was, or name another folder by SOUK_DATA_DIR.`
    throw new StartError(`The file ${path} is not one that Souk wrote.`, { cure, cause })
  }
}

/** Written beside and renamed, so that a crash leaves the old marker or the new one. */
async function writeMarker(dataDir: string, marker: Marker): Promise<void> {
  const path = join(dataDir, markerName)
  const draft = join(dataDir, `${lockName}.${markerName}`)
  await writeFile(draft, `${JSON.stringify(marker)}\n`)
  await rename(draft, path)
}

async function existingHome(home: string, dataDir: string): Promise<string> {
  const found = await unlessFailedWith(['ENOENT'], stat(home))
  if (found !== undefined) return home
  throw new StartError(`PostgreSQL's files of ${dataDir} were in ${home}, which is gone.`, {
    cure: `Bring it back, or remove ${dataDir} to begin with an empty shop.`,
  })
}

/** The server's user may pass through our folder, and nobody else. */
async function letIn(folder: string, user: ServerUser): Promise<void> {
  const { uid, mode } = await stat(folder)
  if (uid !== process.getuid?.()) return
  await chown(folder, uid, user.gid)
  await chmod(folder, (mode & 0o777) | 0o010)
}

async function makeHome({ dataDir, user, elsewhere }: ClaimOptions, marker: Marker | undefined): Promise<string> {
  if (!user.dropped || marker !== undefined) throw outOfReach(dataDir)
  for (const base of elsewhere) {
    const home = await unlessFailedWith(['ENOENT', 'EACCES', 'EROFS', 'ENOTDIR'], mkdtemp(join(base, 'souk-')))
    if (home === undefined) continue
    await letIn(home, user)
    if (await canEnter(user, home)) return home
  }
  throw outOfReach(dataDir)
}

function outOfReach(dataDir: string): StartError {
  return new StartError(`PostgreSQL does not run as root, and its user cannot enter the data folder ${dataDir}.`, {
    cure: 'Name a folder that other users can reach by SOUK_DATA_DIR, or start Souk as another user than root.',
  })
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'read-only file system',
  ENOSPC: 'disk full',
  ENAMETOOLONG: 'its path is too long',
}

async function explain(thrown: unknown, dataDir: string): Promise<unknown> {
  const code = systemErrorCode(thrown)
  if (code === undefined) return thrown
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    const cure = 'Name a folder by SOUK_DATA_DIR.'
    return new StartError(`The data folder ${dataDir} is a file, or below one.`, { cure, cause: thrown })
  }
  const reason = reasons[code] ?? `the system says ${code}`
  return new StartError(`The data folder ${dataDir} cannot be written (${reason}).${await ownerOf(dataDir)}`, {
    cure: 'Make it writable, or name another folder by SOUK_DATA_DIR.',
    cause: thrown,
  })
}

async function ownerOf(dataDir: string): Promise<string> {
  // Where even that cannot be seen there is nothing to tell.
  const owner = await stat(dataDir).catch(() => undefined)
  const self = process.getuid?.()
  if (owner === undefined || owner.uid === self) return ''
  return ` It belongs to user ${owner.uid}, and Souk runs as user ${self}.`
}
