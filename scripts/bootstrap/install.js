import './node-version.js'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

import { exclusively } from './exclusively.js'
import { missingPackages } from './missing-packages.js'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Ctrl-C while packages are installed. */
class Interrupted extends Error {}

/**
 * Installs what package-lock.json names and node_modules lacks; does nothing, and writes nothing, when all is there. Two at once wait
 * for each other. Where it fails it says why and ends the process with 1 (Ctrl-C: 130): nothing can go on without packages.
 *
 * @param {{ log: (line: string) => void, root?: string }} options `log` informs the person who waits
 * @returns {Promise<void>}
 */
export async function ensureInstalled({ log, root = repository }) {
  try {
    if ((await missing(root)).length === 0) return
    await exclusively({ folder: join(root, '.installing'), log }, (lock) => install({ log, root, lock }))
  } catch (error) {
    log(explain(error, root))
    process.exit(error instanceof Interrupted ? 130 : 1)
  }
}

async function missing(root) {
  const wanted = await readLock(join(root, 'package-lock.json'))
  // npm writes this one last, when everything is unpacked and every script has run.
  const installed = await readLock(join(root, 'node_modules', '.package-lock.json')).catch((error) => {
    if (error.code === 'ENOENT') return {}
    throw error
  })
  const isThere = (place) => existsSync(join(root, place))
  return missingPackages({ wanted, installed, isThere, platform: process.platform, arch: process.arch })
}

async function readLock(path) {
  return JSON.parse(await readFile(path, 'utf8')).packages
}

async function install({ log, root, lock }) {
  const packages = await missing(root)
  // Whoever held the lock before may have done it.
  if (packages.length === 0) return
  log(`Installing packages: ${packages.length} of package-lock.json are missing`)
  const began = performance.now()
  const { code, output, interrupted } = await runNpm(root, lock)
  if (interrupted) throw new Interrupted('Interrupted while installing packages: the next start does it again.')
  if (code !== 0) throw new Error(`${output}\nnpm ci failed: its words are above. Mend that and start again.`)
  log(`Installed packages in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

// Given here, so that no setting of the person's own leaves out what Souk needs.
const options = ['--include=dev', '--include=optional', '--ignore-scripts=false', '--prefer-offline', '--no-progress']

/** Runs `npm ci`, quietly; resolves with what it printed. */
function runNpm(root, lock) {
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let output = ''
    let interrupted = false
    const collect = (chunk) => (output += chunk)
    const interrupt = (signal) => {
      interrupted = true
      npm.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, interrupt)
    npm.stdout.on('data', collect)
    npm.stderr.on('data', collect)
    npm.once('spawn', () => lock.alsoHeldBy(npm.pid))
    npm.once('error', reject)
    npm.once('close', (code) => {
      for (const signal of signals) process.off(signal, interrupt)
      resolve({ code, output, interrupted })
    })
  })
}

function explain(error, root) {
  if (error.code === 'ENOENT' && error.syscall === 'spawn npm') {
    return 'Packages have to be installed, and there is no npm in PATH: install npm 10 or newer.'
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
    return `Packages have to be installed, and ${root} cannot be written: run npm ci there as its owner, or make it writable.`
  }
  return error.message
}
