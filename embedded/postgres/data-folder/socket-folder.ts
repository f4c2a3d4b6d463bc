import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { StartError } from '../../start-error.ts'
import { canEnter, type ServerUser } from '../server/server-user.ts'
import { unlessFailedWith } from '../system-error.ts'

/** The name of the socket follows from the port number. */
export const socketPort = 5432

/** The system's limit on a socket's path is 107 bytes on Linux and 103 on macOS. */
const longestPath = 103
const prefix = 'souk-'
const noteName = 'socket-folder'

/** Makes the folder of the server's socket: short, new at each start, and open to the server's user alone. */
export async function makeSocketFolder(home: string, user: ServerUser): Promise<string> {
  await removeSocketFolder(home)
  for (const base of [tmpdir(), '/tmp', '/var/tmp']) {
    const folder = await tryBase(base, user)
    if (folder === undefined) continue
    await writeFile(join(home, noteName), folder)
    return folder
  }
  throw new StartError('No folder for temporary files can hold the socket of PostgreSQL.', {
    cure: 'Set TMPDIR to a folder with a short path that everybody may enter.',
  })
}

/** The socket's folder of the server that runs on the home, or that last did. */
export async function socketFolderOf(home: string): Promise<string | undefined> {
  return unlessFailedWith(['ENOENT'], readFile(join(home, noteName), 'utf8'))
}

/** Removes the folder of this start, or the one that a crash has left. */
export async function removeSocketFolder(home: string): Promise<void> {
  const note = join(home, noteName)
  const folder = await socketFolderOf(home)
  if (folder === undefined) return
  if (basename(folder).startsWith(prefix)) await rm(folder, { recursive: true, force: true })
  await rm(note, { force: true })
}

async function tryBase(base: string, user: ServerUser): Promise<string | undefined> {
  const longestName = join(base, `${prefix}XXXXXX`, `.s.PGSQL.${socketPort}.lock`)
  if (Buffer.byteLength(longestName) > longestPath || !(await canEnter(user, base))) return undefined
  const folder = await unlessFailedWith(['ENOENT', 'EACCES', 'EROFS', 'ENOSPC'], mkdtemp(join(base, prefix)))
  if (folder !== undefined && user.dropped) await chown(folder, user.uid, user.gid)
  return folder
}
