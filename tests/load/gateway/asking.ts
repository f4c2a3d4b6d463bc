import { fork, type ChildProcess, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { Pool } from 'undici'

import type { Operation } from './operations.ts'
import type { Used } from './use.ts'

/** A process that was started, and the address that it sent. */
export interface Started {
  readonly url: string
  /** Microseconds of CPU so far, bytes of memory, and those that objects take. */
  used(): Promise<Used>
  /** Sends it something, and resolves to what it sends then. */
  ask(message: Serializable): Promise<unknown>
  stop(): void
}

/** @param options of Node itself */
export async function start(
  file: string,
  args: readonly string[] = [],
  options: readonly string[] = [],
): Promise<Started> {
  // It is waited for by each answer.
  const child = fork(join(import.meta.dirname, file), args, {
    execArgv: [...process.execArgv, ...options],
  }).setMaxListeners(0)
  const url: unknown = await message(child)
  if (typeof url !== 'string') throw new Error(`${file} sent no address`)
  const ask = (question: Serializable) => {
    child.send(question)
    return message(child)
  }
  return {
    url,
    // Only candidate.ts and floor.ts are asked it.
    used: async () => (await ask('how much')) as Used,
    ask,
    stop: () => void child.kill(),
  }
}

async function message(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`it ended with ${code}`)
  })
  const [sent] = await Promise.race([once(child, 'message'), ended])
  return sent
}

export interface Measured {
  /** Microseconds of the gateway's CPU for each answer. */
  readonly cpu: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Bytes of the gateway's memory at the end, and of an answer. */
  readonly memory: number
  readonly bytes: number
}

interface Load {
  /** Whether each connection is that of another member, or all are visitors'. */
  readonly by: 'members' | 'visitors'
  readonly atOnce: number
  readonly warmUp: number
  readonly measured: number
}

/** Asks over as many connections as are asked at once. */
export async function measure(gateway: Started, operation: Operation, load: Load): Promise<Measured> {
  const { origin, pathname: path } = new URL(gateway.url)
  const pool = new Pool(origin, { connections: load.atOnce })
  const { query, operationName, variables } = operation
  const body = JSON.stringify({ query, operationName, variables })
  const common = { 'content-type': 'application/json', accept: 'application/json' }
  const headersOf = (member: number) =>
    load.by === 'visitors' ? common : { ...common, authorization: `Bearer member-${member}` }
  const headers = Array.from({ length: load.atOnce }, (_, member) => headersOf(member))
  let bytes = 0

  async function ask(member: number): Promise<void> {
    const answer = await pool.request({ method: 'POST', path, headers: headers[member] ?? common, body })
    const text = await answer.body.text()
    bytes = text.length
    if (answer.statusCode !== 200 || text.includes('"errors"')) throw new Error(text.slice(0, 500))
  }

  await times(load.warmUp, load.atOnce, ask)
  const latencies: number[] = []
  const [before, begun] = [await gateway.used(), performance.now()]
  await times(load.measured, load.atOnce, async (member) => {
    const from = performance.now()
    await ask(member)
    latencies.push(performance.now() - from)
  })
  const [after, seconds] = [await gateway.used(), (performance.now() - begun) / 1_000]
  await pool.close()
  latencies.sort((one, other) => one - other)
  const at = (part: number) => latencies[Math.floor(latencies.length * part)] ?? Number.NaN
  return {
    cpu: (after.cpu - before.cpu) / load.measured,
    perSecond: load.measured / seconds,
    p50: at(0.5),
    p99: at(0.99),
    memory: after.memory,
    bytes,
  }
}

async function times(count: number, atOnce: number, work: (worker: number) => Promise<void>): Promise<void> {
  let left = count
  const working = async (worker: number) => {
    while (left > 0) {
      left -= 1
      await work(worker)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, (_, worker) => working(worker)))
}
