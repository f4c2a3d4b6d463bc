import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

import { StartError } from '../../start-error.ts'
import { inspectProcess } from '../running-process.ts'
import { systemErrorCode, unlessFailedWith } from '../system-error.ts'

export const lockName = 'souk.lock'

export interface FolderLock {
  release(): Promise<void>
}

const holderSchema = z.object({ pid: z.number().int(), startedAt: z.string() })
const attempts = 10

/**
 * One Souk per folder. The lock names its process, so that a holder killed with -9 is known to be gone at once.
 * @param setting what names another folder, for who is refused
 * @throws StartError when another live process holds the folder
 */
export async function lockFolder(folder: string, setting = 'SOUK_DATA_DIR'): Promise<FolderLock> {
  const path = join(folder, lockName)
  const own = await describeOwnProcess()
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await place(path, own)) return { release: () => removeIf(path, own) }
    const found = await unlessFailedWith(['ENOENT'], readFile(path, 'utf8'))
    if (found === undefined) continue
    const holder = await liveHolder(found)
    if (holder !== undefined) throw heldBy(holder, folder, setting)
    await removeIf(path, found)
  }
  throw new StartError(`The lock ${path} could not be taken.`, { cure: `Remove it, if no Souk runs on ${folder}.` })
}

async function describeOwnProcess(): Promise<string> {
  const self = await inspectProcess(process.pid)
  return JSON.stringify({ pid: process.pid, startedAt: self?.startedAt ?? 'unknown' })
}

/** A link appears with its content or not at all, so that nobody reads half a lock. */
async function place(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    await link(draft, path)
    return true
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'EEXIST') return false
    throw thrown
  } finally {
    await rm(draft, { force: true })
  }
}

async function liveHolder(content: string): Promise<number | undefined> {
  const holder = holderSchema.safeParse(parseJson(content)).data
  if (holder === undefined) return undefined
  const running = await inspectProcess(holder.pid)
  return running?.startedAt === holder.startedAt ? holder.pid : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Removes the lock only while it is the one that was read: another starter may have replaced it in between. */
async function removeIf(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  const moved = await unlessFailedWith(
    ['ENOENT'],
    rename(path, aside).then(() => true),
  )
  if (moved === undefined) return
  if ((await readFile(aside, 'utf8')) !== content) await unlessFailedWith(['EEXIST'], link(aside, path))
  await rm(aside, { force: true })
}

function heldBy(pid: number, folder: string, setting: string): StartError {
  return new StartError(`Another Souk (process ${pid}) is running on the data folder ${folder}.`, {
    cure: `Stop it first, or give this one a folder of its own by ${setting}.`,
  })
}
