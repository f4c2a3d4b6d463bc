import { rename, writeFile } from 'node:fs/promises'

/** Writes a file beside its place and renames it, so that a crash leaves what was there before or all of it. @param mode of the file */
export async function writeWhole(path: string, content: string, mode = 0o666): Promise<void> {
  const draft = `${path}.draft`
  await writeFile(draft, content, { mode })
  await rename(draft, path)
}
