import { rmSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { clearInterval, setInterval } from 'node:timers'
import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds. */
const heartbeat = 1_000
const deadAfter = 10_000
/** A number of a process may be another's by then. */
const deadForSureAfter = 600_000

/**
 * Does the work while nobody else does work under the same lock, which is a folder. It holds no file but a folder for each process
 * at work, named by its number: git does not see empty folders. Its holder touches it every second.
 *
 * @template Result
 * @param {{ folder: string, log: (line: string) => void }} lock
 * @param {(lock: { alsoHeldBy(pid: number): Promise<unknown> }) => Promise<Result>} work a process it starts may outlive us, and holds the lock too
 * @returns {Promise<Result>}
 */
export async function exclusively({ folder, log }, work) {
  await acquire(folder, log)
  const beat = setInterval(
    () => void utimes(folder, new Date(), new Date()).catch(() => clearInterval(beat)),
    heartbeat,
  )
  const release = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work({ alsoHeldBy: (pid) => mkdir(join(folder, String(pid))) })
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}

async function acquire(folder, log) {
  let hasReported = false
  while (!(await take(folder))) {
    if (await isAbandoned(folder)) {
      await remove(folder)
      continue
    }
    if (!hasReported) log(`Waiting for another process that is at it (${folder})`)
    hasReported = true
    await pause(200)
  }
}

async function take(folder) {
  try {
    await mkdir(folder)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  await mkdir(join(folder, String(process.pid)))
  return true
}

async function isAbandoned(folder) {
  try {
    const age = Date.now() - (await stat(folder)).mtimeMs
    if (age < deadAfter) return false
    const holders = (await readdir(folder)).map(Number)
    return age > deadForSureAfter || !holders.some(isAlive)
  } catch (error) {
    // Given back in between.
    if (error.code === 'ENOENT') return false
    throw error
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Renames first: of several that found it abandoned one succeeds, and the others cannot remove what is new. */
async function remove(folder) {
  const aside = `${folder}.${process.pid}`
  try {
    await rename(folder, aside)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  await rm(aside, { recursive: true, force: true })
}
