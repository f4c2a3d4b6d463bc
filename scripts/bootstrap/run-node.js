import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { ensureInstalled } from './install.js'
import { endWithNpm } from './npm-parent.js'

const root = join(import.meta.dirname, '..', '..')

/**
 * Installs what is missing, then runs Node in a process of its own and ends as that one does.
 *
 * @param {readonly string[]} args Node's options, the script and its arguments
 * @param {{ log(line: string): void }} options where it reports the installation
 */
export async function runNode(args, { log }) {
  endWithNpm()
  await ensureInstalled({ log })
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  // Ctrl-C reaches the child by itself, and this process waits for it; other signals have to be passed on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
