// Builds the GraphiQL page into clients/graphiql/dist/, which is not in git: `npm start` and the tests call this first.
// Plain JavaScript without a dependency at load, so that it can be imported before anything is compiled.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const sourceDir = join(root, 'clients', 'graphiql')
/** Shared with other pages of the browser. */
const sessionDir = join(root, 'clients', 'session')
const distDir = join(sourceDir, 'dist')
const hashFile = '.source-hash'

/**
 * Builds GraphiQL unless what is there was built from the same sources and the same packages.
 * Two processes may call it at once: each builds in a folder of its own, and the last one's result stays.
 *
 * @param {{ log: (line: string) => void }} deps says what it does, where it does something
 * @returns {Promise<string>} the folder to serve
 */
export async function ensureGraphiqlBuilt({ log }) {
  const hash = await sourceHash()
  if ((await builtHash()) === hash) return distDir

  log('Building GraphiQL')
  const startedAt = Date.now()
  const newDir = `${distDir}.${process.pid}`
  const removeDraft = () => rmSync(newDir, { recursive: true, force: true })
  // A process that ends in the middle of it leaves nothing behind.
  process.once('exit', removeDraft)
  try {
    await runVite(newDir)
    await writeFile(join(newDir, hashFile), hash)
    await replaceDist(newDir)
  } finally {
    process.off('exit', removeDraft)
    removeDraft()
  }
  log(`Built GraphiQL in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  return distDir
}

/**
 * Says what it does, and goes on without the page where that cannot be built.
 *
 * @param {{ log: (line: string) => void, signal: AbortSignal }} deps `signal`: nobody wants it any more
 * @returns {Promise<boolean>} whether it is there
 */
export async function tryToBuildGraphiql({ log, signal }) {
  try {
    await ensureGraphiqlBuilt({ log })
    return true
  } catch (error) {
    // Ctrl-C ends the bundler too.
    if (!signal.aborted) log(`GraphiQL could not be built, Souk goes on without it: ${error.message}`)
    return false
  }
}

async function sourceHash() {
  const folders = [sourceDir, sessionDir]
  const entries = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })))
  const sources = entries
    .flat()
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(distDir))
  const hash = createHash('sha256')
  for (const path of [...sources.sort(), join(root, 'package-lock.json')]) {
    hash
      .update(path.slice(root.length))
      .update('\0')
      .update(await readFile(path))
      .update('\0')
  }
  return hash.digest('hex')
}

async function builtHash() {
  try {
    return await readFile(join(distDir, hashFile), 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

// In a process of its own, because the bundler's memory would stay with the server that follows.
async function runVite(outDir) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const options = ['build', sourceDir, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error']
  await mkdir(outDir, { recursive: true })
  const building = promisify(execFile)(process.execPath, [vite, ...options], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const end = () => building.child.kill('SIGKILL')
  process.once('exit', end)
  // What the person waits for is the shop, which may be starting beside it.
  if (building.child.pid !== undefined) setPriority(building.child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  await building.finally(() => process.off('exit', end))
}

async function replaceDist(newDir) {
  const oldDir = `${newDir}.old`
  await rename(distDir, oldDir).catch(ignoring('ENOENT'))
  // Where another process was faster, its folder is as good as this one.
  await rename(newDir, distDir).catch(ignoring('ENOTEMPTY', 'EEXIST'))
  await rm(oldDir, { recursive: true, force: true })
}

const ignoring =
  (...codes) =>
  (error) => {
    if (!codes.includes(error.code)) throw error
  }

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureGraphiqlBuilt({ log: console.log })
