import { readFileSync } from 'node:fs'

import { parseMotif, type Motif } from './motif-file.ts'
import { motifNames } from './motif.ts'

const folder = new URL('./motifs/', import.meta.url)

/** All motifs by their names, read once. @throws Error when a file is missing, or is not one that can be drawn */
export const motifs: ReadonlyMap<string, Motif> = new Map([...motifNames].map((name) => [name, readMotif(name)]))

function readMotif(name: string): Motif {
  const file = new URL(`${name}.svg`, folder)
  try {
    return parseMotif(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`The picture ${file.pathname} cannot be drawn`, { cause })
  }
}
