/** Writes the files of the image into a folder: `node scripts/run.js scripts/build-image-layout.ts /tmp/image`. */
import { join } from 'node:path'

import { layOut } from './image/lay-out.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Say into which folder: node scripts/run.js scripts/build-image-layout.ts /tmp/image')
  process.exit(1)
}
const layout = await layOut({ root: join(import.meta.dirname, '..'), folder, log: console.log })
console.log(`cd ${layout.folder} && ${layout.entrypoint.join(' ')} gateway/main.ts`)
