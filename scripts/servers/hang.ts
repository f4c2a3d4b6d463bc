import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

import { systemErrorCode, unlessFailedWith } from '../../embedded/postgres/system-error.ts'

/** Milliseconds. */
const betweenLooks = 1

/**
 * Stops processes where they are, as a machine that hangs does. Resolves when none of their threads runs any more: one that was
 * sent SIGSTOP may still answer a moment later. Where there is no /proc, nobody knows, and it is not awaited.
 */
export async function hang(pids: readonly number[]): Promise<void> {
  send(pids, 'SIGSTOP')
  for (const pid of pids) while (await runs(pid)) await pause(betweenLooks)
}

/** Lets processes go on that hang; those that have ended meanwhile do not matter. */
export function goOn(pids: readonly number[]): void {
  send(pids, 'SIGCONT')
}

function send(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (thrown) {
      if (systemErrorCode(thrown) !== 'ESRCH') throw thrown
    }
  }
}

async function runs(pid: number): Promise<boolean> {
  const threads = `/proc/${pid}/task`
  const ids = (await unlessFailedWith(gone, readdir(threads))) ?? []
  const states = await Promise.all(ids.map((id) => unlessFailedWith(gone, readFile(`${threads}/${id}/stat`, 'utf8'))))
  // The name before the state, in parentheses, may hold anything: "12 (mongod) T 1 ...".
  return states.some((stat) => stat !== undefined && !atRest.has(stat.charAt(stat.lastIndexOf(')') + 2)))
}

const gone = ['ENOENT', 'ESRCH']

/** Stopped, traced, dead or dead and not yet asked about, as proc(5) writes it. */
const atRest = new Set(['T', 't', 'X', 'Z'])
