import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'

import { dyingWithUs, startServer, type ServerProcess } from '../servers/server-process.ts'

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
/** They would hold more than 150 MB: less room for new objects, and more CPU to collect them. */
const holdLess: ReadonlySet<string> = new Set(['subgraphs/products/main.ts', 'subgraphs/users/main.ts'])

/** Resolves when it listens, which it does before it can answer. */
export function startPart({ name, program, port, environment }: Part, logs: string): Promise<ServerProcess> {
  return startServer({
    name,
    command: process.execPath,
    args: [...(holdLess.has(program) ? ['--max-semi-space-size=2'] : []), ...typescript, program],
    folder: root,
    environment: { ...environment, PORT: String(port) },
    logFile: join(logs, `${name}.log`),
    // It drains when we die.
    diesBy: 'TERM',
    isReady: async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok,
  })
}

/** Milliseconds. */
const readyPatience = 120_000
const betweenQuestions = 100

/** Resolves when it can answer. @throws Error when that takes too long */
export async function untilReady({ name, port }: Part, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + readyPatience
  for (;;) {
    signal.throwIfAborted()
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
    if (Date.now() > deadline) throw new Error(`${name} did not get ready: ${await answer?.text()}`)
    await pass(betweenQuestions)
  }
}

/** Runs a job to its end, or until it is called off. @throws Error that names its log, when it fails */
export async function runJob(
  { name, program, environment }: Omit<Part, 'port'>,
  { logs, signal }: { readonly logs: string; readonly signal: AbortSignal },
): Promise<void> {
  const path = join(logs, `${name}.log`)
  const log = openSync(path, 'a', 0o600)
  const env = { ...process.env, ...environment }
  const [command, ...args] = [...dyingWithUs('TERM'), process.execPath, ...typescript, program]
  const job = spawn(command, args, { cwd: root, env, stdio: ['ignore', log, log] })
  const callOff = () => job.kill()
  signal.addEventListener('abort', callOff)
  await once(job, 'exit').finally(() => signal.removeEventListener('abort', callOff))
  signal.throwIfAborted()
  if (job.exitCode !== 0) throw new Error(`${name} failed; its own words are in ${path}`)
}
