import { readdir, readFile } from 'node:fs/promises'

/** Milliseconds of CPU that a Souk has used since it started, its threads included. Known on Linux only. */
export interface CpuUsed {
  readonly node: number
  readonly postgres: number
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly name: string
  readonly own: number
  readonly endedChildren: number
}

/** A clock tick of /proc, which is 10 ms on every Linux that Node runs on. */
const tick = 10

/** What the process and all those that it started have used. A backend that has ended counts with its server. */
export async function cpuUsed(pid: number): Promise<CpuUsed> {
  const family = familyOf(pid, await processes())
  const servers = new Set(family.filter(({ name }) => name === 'postgres').map((each) => each.pid))
  const backends = family.filter((each) => servers.has(each.pid))
  const others = family.filter((each) => !servers.has(each.pid))
  return {
    node: sum(others.map(({ own }) => own)),
    postgres: sum(backends.map(({ own, endedChildren }) => own + endedChildren)),
  }
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const found = await Promise.all(pids.map(readProcess))
  return found.filter((each) => each !== undefined)
}

/** Undefined where it has ended meanwhile. */
async function readProcess(pid: string): Promise<Process | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name stands in brackets, and may hold spaces and brackets itself. Numbering of the rest: proc(5), from "state".
  const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(line ?? '') ?? []
  if (rest === '') return undefined
  const fields = rest.split(' ')
  const ticks = (at: number) => Number(fields[at]) * tick
  return {
    pid: Number(pid),
    parent: Number(fields[1]),
    name,
    own: ticks(11) + ticks(12),
    endedChildren: ticks(13) + ticks(14),
  }
}

function familyOf(pid: number, all: readonly Process[]): Process[] {
  const children = all.filter(({ parent }) => parent === pid).flatMap((child) => familyOf(child.pid, all))
  return [...all.filter((each) => each.pid === pid), ...children]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
