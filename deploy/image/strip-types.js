/**
 * Strips the types of every file beforehand, when the image is built: its processes can write nothing, and would each do it at
 * each start. `node deploy/image/strip-types.js`, in the folder that it will run in.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { load } from '../../platform/typescript/hooks.js'

const root = join(import.meta.dirname, '..', '..')
const entries = await readdir(root, { recursive: true, withFileTypes: true })
const files = entries
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !path.includes('/node_modules/'))

for (const file of files) await load(pathToFileURL(file).href)
console.log(`Stripped the types of ${files.length} files.`)
