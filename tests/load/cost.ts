import { cpuUsed } from './cpu.ts'

/** What it costs Souk to answer a request. */
export interface Cost {
  readonly requestsPerSecond: number
  /** Milliseconds of CPU a request. */
  readonly node: number
  readonly postgres: number
}

/** Sends the request of this number, and rejects where the answer is not as wanted. */
export type Ask = (number: number) => Promise<void>

const atOnce = 20
/** The first requests run code that nobody has compiled yet. */
const warmUp = 900
const counted = 2_000

/** Sends many requests, 20 at a time, and counts the CPU of Souk's process and of its PostgreSQL meanwhile. */
export async function costOf(ask: Ask, pid: number): Promise<Cost> {
  let next = 0
  const askUntil = async (end: number) => {
    while (next < end) await ask(next++)
  }
  const askMany = (end: number) => Promise.all(Array.from({ length: atOnce }, () => askUntil(end)))
  await askMany(warmUp)
  const [before, begun] = [await cpuUsed(pid), performance.now()]
  await askMany(warmUp + counted)
  const [seconds, after] = [(performance.now() - begun) / 1_000, await cpuUsed(pid)]
  return {
    requestsPerSecond: counted / seconds,
    node: (after.node - before.node) / counted,
    postgres: (after.postgres - before.postgres) / counted,
  }
}
