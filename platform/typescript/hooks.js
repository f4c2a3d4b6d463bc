/** Loads TypeScript with its types stripped. Each file is stripped once, and kept for all processes and later starts. */
import { Buffer } from 'node:buffer'
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Below the packages, since what they strip differs from version to version: `npm ci` removes both. */
const folder = join(root, 'node_modules', '.cache', 'souk-typescript')

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const path = fileURLToPath(url)
  const written = readFileSync(path)
  // The path is part of it, because the map of a file names it.
  const kept = join(folder, createHash('sha256').update(path).update(written).digest('hex'))
  const source = read(kept) ?? keep(kept, await strip(written.toString(), path))
  return { format: 'module', source, shortCircuit: true }
}

function read(kept) {
  try {
    return readFileSync(kept)
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all; where nothing can be written, as in an image, it is stripped at each start. */
function keep(kept, code) {
  const draft = `${kept}.${randomUUID()}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(draft, code)
    renameSync(draft, kept)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code)) throw error
  }
  return Buffer.from(code)
}

async function strip(text, path) {
  // Loaded only where there is something to strip.
  const { transform } = await import('esbuild')
  const { code } = await transform(text, {
    ...{ loader: 'ts', format: 'esm', target: 'node20', sourcefile: path },
    ...{ sourcemap: 'inline', sourcesContent: false },
  })
  return code
}
