/** Runs a TypeScript file of this repository: `node scripts/run.js scripts/audit.ts [arguments]`. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { ensureInstalled } from './bootstrap/install.js'

const root = join(import.meta.dirname, '..')

await ensureInstalled({ log: (line) => console.error(line) })
const child = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })

// Ctrl-C reaches the child by itself, and this process waits for it; other signals have to be passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
