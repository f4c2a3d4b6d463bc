/** Runs the tests; arguments are passed on: `npm test -- tests/e2e`, `npm test -- --coverage`. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { ensureInstalled } from './bootstrap/install.js'

const root = join(import.meta.dirname, '..')

await ensureInstalled({ log: (line) => console.log(line) })
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })

// Ctrl-C reaches the child by itself, and this process waits for it; other signals have to be passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
