import { spawn, type ChildProcess } from 'node:child_process'
import { on } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'

import { StartError } from '../../embedded/start-error.ts'
import { dyingWithUs, endWithUs, startServer, type ServerProcess } from '../servers/server-process.ts'

const root = join(import.meta.dirname, '..', '..')

export type Variables = Readonly<Record<string, string>>

/** One process of ours. */
export interface Part {
  /** Such as `cart`, and `cart-2` for its second replica. */
  readonly name: string
  /** What it runs: `subgraphs/cart/main.ts`. */
  readonly program: string
  readonly port: number
  readonly environment: Variables
}

/** Node's options for a program in TypeScript. */
const typescript = ['--import', './platform/typescript/register.js']

/** A part has the stores and keys that are set for it, and no others that our own environment happens to name. */
const notInherited: Readonly<Record<string, undefined>> = Object.fromEntries(
  [
    'DATABASE_URL',
    'BUS_DATABASE_URL',
    'NATS_URL',
    'REDIS_URL',
    'MONGODB_URL',
    'PASSPORT_PUBLIC_KEY',
    'PASSPORT_PRIVATE_KEY',
  ]
    .flatMap((name) => [name, `${name}_FILE`])
    .map((name) => [name, undefined]),
)

/**
 * Megabytes for objects that have just been made, where Node's own choice is not the best: some subgraphs would hold more than 150 MB, and the
 * gateway, which takes more only where it needs it, collects garbage less often.
 */
const roomForNewObjects: Readonly<Record<string, number>> = {
  'gateway/main.ts': 64,
  'subgraphs/products/main.ts': 2,
  'subgraphs/users/main.ts': 2,
  'subgraphs/recommendations/main.ts': 2,
}

function optionsFor(program: string): string[] {
  const room = roomForNewObjects[program]
  return room === undefined ? [] : [`--max-semi-space-size=${room}`]
}

/** What one thread has given back, no other uses: glibc keeps memory by threads, of which a process of Node has a dozen. As in the image. */
const fewArenas: Variables = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2' }

/** Resolves when it listens, which it does before it can answer. */
export function startPart({ name, program, port, environment }: Part, logs: string): Promise<ServerProcess> {
  return startServer({
    name,
    command: process.execPath,
    args: [...optionsFor(program), ...typescript, program],
    folder: root,
    environment: { ...fewArenas, ...notInherited, ...environment, PORT: String(port) },
    logFile: join(logs, `${name}.log`),
    isReady: async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok,
  })
}

/** Milliseconds. */
const readyPatience = 120_000
const betweenQuestions = 100

/** Resolves when it can answer. @throws StartError when that takes too long */
export async function untilReady({ name, port }: Part, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + readyPatience
  for (;;) {
    signal.throwIfAborted()
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
    if (Date.now() > deadline) {
      const said = (await answer?.text()) ?? 'it does not answer'
      throw new StartError(`${name} did not get ready: ${said}.`, { cure: 'Its log says what it waits for.' })
    }
    await pass(betweenQuestions)
  }
}

interface JobOptions {
  readonly logs: string
  readonly signal: AbortSignal
  /** Shows each step that the job says it takes. */
  step<Result>(what: string, work: () => Promise<Result>): Promise<Result>
}

/** Runs a job to its end, or until it is called off. @throws StartError that names its log, when it fails */
export async function runJob(
  { name, program, environment }: Omit<Part, 'port'>,
  { logs, signal, step }: JobOptions,
): Promise<void> {
  const path = join(logs, `${name}.log`)
  const log = openSync(path, 'a', 0o600)
  const env = { ...process.env, ...notInherited, ...environment }
  const [command, ...args] = [...dyingWithUs(), process.execPath, ...typescript, program]
  const job = spawn(command, args, { cwd: root, env, stdio: ['ignore', log, log, 'ipc'] })
  endWithUs(job)
  closeSync(log)
  const callOff = () => job.kill()
  signal.addEventListener('abort', callOff)
  try {
    await takeSteps(job, step)
  } catch (thrown) {
    signal.throwIfAborted()
    const cure = `Its own words are in ${path}. Start again: what is done stays done.`
    throw new StartError(`${name} failed.`, { cure, cause: thrown })
  } finally {
    signal.removeEventListener('abort', callOff)
  }
}

/** A step ends where the next one begins, and the last one with the job. @throws Error when the job fails */
async function takeSteps(job: ChildProcess, step: JobOptions['step']): Promise<void> {
  const said: AsyncIterator<readonly unknown[], undefined> = on(job, 'message', { close: ['exit'] })
  async function next(): Promise<string | undefined> {
    const { value: message } = await said.next()
    if (message !== undefined) return String(message[0])
    if (job.exitCode !== 0) throw new Error(`it ended with ${job.exitCode ?? job.signalCode}`)
    return undefined
  }
  for (let what = await next(); what !== undefined;) what = await step(what, next)
}
