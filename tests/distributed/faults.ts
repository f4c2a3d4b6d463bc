import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pass } from 'node:timers/promises'

import { unlessFailedWith } from '../../embedded/postgres/system-error.ts'
import type { Distributed } from '../../scripts/distributed/start.ts'
import { goOn, hang } from '../../scripts/servers/hang.ts'
import type { Interruption, Way, Ways } from './ways.ts'

/** Something that goes wrong, and that nobody mends but time. */
export interface Fault {
  readonly name: string
  /** Resolves when it is over; what comes of it is not. */
  inflict(souk: Distributed): Promise<void>
}

/** SIGKILL. It is started again, as any supervisor does. */
export function killed(name: string): Fault {
  return { name: `${name} is killed`, inflict: (souk) => processOf(souk, name).kill() }
}

/** Stopped for so many milliseconds: alive, and without an answer. */
export function hanging(name: string, milliseconds: number): Fault {
  return {
    name: `${name} hangs for ${milliseconds} ms`,
    async inflict(souk) {
      const stopped = await withDescendants(processOf(souk, name).pid)
      await hang(stopped)
      await pass(milliseconds)
      goOn(stopped)
    },
  }
}

/** One way between two processes, for so many milliseconds. */
export function interrupted(
  ways: Ways,
  { from, by }: Way,
  [how, milliseconds]: readonly [Interruption, number],
): Fault {
  return {
    name: `${how} of ${from} from ${by} for ${milliseconds} ms`,
    async inflict() {
      const mend = ways.interrupt((way) => way.from === from && way.by === by, how)
      await pass(milliseconds)
      mend()
    },
  }
}

function processOf({ processes }: Distributed, name: string) {
  const kept = processes.get(name)
  if (kept === undefined) throw new Error(`there is no process ${name}, but ${[...processes.keys()].join(', ')}`)
  return kept.current()
}

/** PostgreSQL is one process for each connection. */
async function withDescendants(pid: number): Promise<number[]> {
  const found = [pid]
  const parents = await parentsOfAll()
  for (const parent of found) {
    for (const [child, itsParent] of parents) if (itsParent === parent) found.push(child)
  }
  return found
}

async function parentsOfAll(): Promise<Map<number, number>> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  const parents = new Map<number, number>()
  for (const pid of pids) {
    const status = await unlessFailedWith(['ENOENT', 'ESRCH'], readFile(`/proc/${pid}/stat`, 'utf8'))
    // Its name, in parentheses, may hold anything.
    const parent = status?.slice(status.lastIndexOf(')')).split(' ')[2]
    if (parent !== undefined) parents.set(pid, Number(parent))
  }
  return parents
}
