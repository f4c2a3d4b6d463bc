import { chmod, chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Reader } from './secret-files.ts'

/**
 * Writes a folder for each reader, that no other may open. All are there or none: whoever dies in between begins anew.
 * @returns false when they are there already; they stay as they are, since the stores know them
 */
export async function writeSecrets(folder: string, readers: Readonly<Record<string, Reader>>): Promise<boolean> {
  const [whole, draft] = [join(folder, 'of'), join(folder, 'draft')]
  if (await exists(whole)) return false
  await rm(draft, { recursive: true, force: true })
  for (const [name, { user, files }] of Object.entries(readers)) {
    const own = join(draft, name)
    await mkdir(own, { recursive: true })
    for (const [file, text] of Object.entries(files)) {
      await writeFile(join(own, file), text, { mode: 0o400, flush: true })
      await chown(join(own, file), user, user)
    }
    await chmod(own, 0o500)
    await chown(own, user, user)
  }
  await rename(draft, whole)
  return true
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
