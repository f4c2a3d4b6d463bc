import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

import { unlessFailedWith } from './system-error.ts'

export interface RunningProcess {
  /** Tells this process from a later one that got the same number, also after a reboot. */
  readonly startedAt: string
  /** Path of its program; undefined when the system does not show it to us, which it does for processes of our own user. */
  readonly executable: string | undefined
  /** Its working directory, where the system shows it. */
  readonly folder: string | undefined
}

/** What runs under the number; undefined when nothing does. A zombie runs no more: where nobody reaps (containers) it stays for ever. */
export function inspectProcess(pid: number): Promise<RunningProcess | undefined> {
  return process.platform === 'linux' ? inspectByProc(pid) : inspectByPs(pid)
}

/** Waits until the process, which need not be our child, has ended; false when it has not after the given milliseconds. */
export async function waitForEnd(pid: number, milliseconds: number): Promise<boolean> {
  const started = await inspectProcess(pid)
  const deadline = performance.now() + milliseconds
  let now = started
  while (now !== undefined && now.startedAt === started?.startedAt) {
    if (performance.now() > deadline) return false
    // The system sends no event for the end of somebody else's child.
    await pause(20)
    now = await inspectProcess(pid)
  }
  return true
}

async function inspectByProc(pid: number): Promise<RunningProcess | undefined> {
  const stat = await unlessFailedWith(['ENOENT', 'ESRCH'], readFile(`/proc/${pid}/stat`, 'utf8'))
  if (stat === undefined) return undefined
  // The second field is the program's name in parentheses and may hold anything; the third is the state, the 22nd the start time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  if (state === 'Z' || state === 'X') return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  const executable = await readHiddenLink(`/proc/${pid}/exe`)
  return {
    startedAt: `${boot.trim()}/${fields[19]}`,
    executable: executable?.replace(/ \(deleted\)$/, ''),
    folder: await readHiddenLink(`/proc/${pid}/cwd`),
  }
}

function readHiddenLink(path: string): Promise<string | undefined> {
  return unlessFailedWith(['EACCES', 'EPERM', 'ENOENT', 'ESRCH'], readlink(path))
}

async function inspectByPs(pid: number): Promise<RunningProcess | undefined> {
  const columns = ['-o', 'stat=', '-o', 'lstart=', '-o', 'comm=']
  const ps = promisify(execFile)('ps', [...columns, '-p', String(pid)], { env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } })
  // ps has no other way to say "no such process" than ending with 1.
  const line = await ps.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
  const [, state, startedAt, executable] = /^(\S+)\s+(\w{3} \w{3} +\d+ [\d:]+ \d{4})\s+(.+)$/.exec(line) ?? []
  if (state === undefined || startedAt === undefined || state.startsWith('Z')) return undefined
  return { startedAt, executable, folder: undefined }
}
