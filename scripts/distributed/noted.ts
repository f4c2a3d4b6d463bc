import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { unlessFailedWith } from '../../embedded/postgres/system-error.ts'
import type { Variables } from './parts.ts'

const note = 'stores.json'

/** For jobs that are run by hand meanwhile: where the stores are. It names passwords. */
export async function noteStores(folder: string, stores: Variables): Promise<void> {
  await writeFile(join(folder, note), JSON.stringify(stores), { mode: 0o600 })
}

/** The stores of what runs on the folder, or last ran; undefined when nothing ever did. */
export async function notedStores(folder: string): Promise<Variables | undefined> {
  const text = await unlessFailedWith(['ENOENT', 'ENOTDIR'], readFile(join(folder, note), 'utf8'))
  return text === undefined ? undefined : z.record(z.string(), z.string()).parse(JSON.parse(text))
}
