import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { unlessFailedWith } from './postgres/system-error.ts'
import { StartError } from './start-error.ts'
import { writeWhole } from './write-whole.ts'

const noteSchema = z.object({
  at: z.iso.datetime(),
  /** A folder that was filled in production has none. */
  demoAccounts: z.boolean(),
})
type Note = z.infer<typeof noteSchema>

/** What the folder's shop has been filled with; undefined when that has not been done to the end. */
export async function whatIsSeeded(dataDir: string): Promise<Note | undefined> {
  const text = await unlessFailedWith(['ENOENT', 'ENOTDIR', 'EACCES'], readFile(noteIn(dataDir), 'utf8'))
  if (text === undefined) return undefined
  try {
    return noteSchema.parse(JSON.parse(text))
  } catch (cause) {
    const cure = 'Remove it: the shop is filled again then, and what is there stays as it is.'
    throw new StartError(`The file ${noteIn(dataDir)} is not one that Souk wrote.`, { cure, cause })
  }
}

export async function noteSeeded(dataDir: string, note: Note): Promise<void> {
  await writeWhole(noteIn(dataDir), `${JSON.stringify(note)}\n`)
}

function noteIn(dataDir: string): string {
  return join(dataDir, 'seeded.json')
}
