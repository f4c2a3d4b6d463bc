import { chmod, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'

import { fastestFolder } from './fast-folder.ts'

/** A new folder that PostgreSQL's user can get through to, as another than ours when we are root. */
export async function temporaryDataDir(): Promise<string> {
  const folder = await mkdtemp(join(await fastestFolder(), 'souk-e2e-'))
  await chmod(folder, 0o711)
  return folder
}
