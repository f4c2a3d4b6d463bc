import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

import { hang } from './hang.ts'

/** A server that runs as a process of ours: ended with us, however we end. */
export interface ServerProcess {
  readonly pid: number
  /** What it has written so far. */
  output(): string
  /** Resolves when it hangs: alive, and without an answer. */
  hang(): Promise<void>
  goOn(): void
  /** As a crash: SIGKILL. Resolves when it is gone. */
  kill(): Promise<void>
  /** Ends it in its own way (SIGTERM); by force when it takes too long. */
  stop(): Promise<void>
  /** Resolves when it is gone, for whatever reason. */
  readonly ended: Promise<void>
}

export interface ServerCommand {
  /** As in messages: `nats-server`. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Beside ours; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly folder?: string
  /** A file that keeps all it writes. */
  readonly logFile?: string
  /** Asked again and again until it is so. */
  isReady(): Promise<boolean>
}

/** Milliseconds. Twenty that start at once on a busy machine take long. */
const startPatience = 120_000
const stopPatience = 10_000
const betweenQuestions = 20

/** Starts a server; resolves when it answers. @throws Error with what it has written, when it ends or does not get ready */
export async function startServer(server: ServerCommand): Promise<ServerProcess> {
  const started = launch(server)
  const deadline = Date.now() + startPatience
  const state = { hasEnded: false }
  void started.ended.then(() => (state.hasEnded = true))
  while (!(await server.isReady().catch(() => false))) {
    if (!state.hasEnded && Date.now() < deadline) await pause(betweenQuestions)
    else {
      const { hasEnded } = state
      await started.kill()
      throw new Error(`${server.name} ${hasEnded ? 'ended' : 'did not get ready'}:\n${started.output()}`)
    }
  }
  return started
}

function launch({ command, args, environment, folder, logFile }: ServerCommand): ServerProcess {
  const [program = command, ...all] = [...dyingWithUs(), command, ...args]
  const child = spawn(program, all, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is for us; we end our servers when nothing needs them any more.
    detached: true,
  })
  endWithUs(child)
  let output = ''
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  if (logFile !== undefined) {
    const file = createWriteStream(logFile, { flags: 'a', mode: 0o600 })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => file.write(chunk))
    child.once('close', () => file.end())
  }
  const ended = Promise.race([
    once(child, 'close'),
    once(child, 'error').then(([error]) => keep(Buffer.from(`${error}`))),
  ])
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended: ended.then(() => undefined),
    hang: () => hang(child.pid === undefined ? [] : [child.pid]),
    goOn: () => void child.kill('SIGCONT'),
    kill: () => end(child, { signal: 'SIGKILL', ended }),
    stop: () => end(child, { signal: 'SIGTERM', ended }),
  }
}

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Ends it at once when our process exits before it. */
export function endWithUs(child: ChildProcess): void {
  children.add(child)
  const forget = () => children.delete(child)
  child.once('exit', forget).once('error', forget)
}

/** What is put before a command, so that on Linux the kernel ends it when our process dies, even by SIGKILL. */
export function dyingWithUs(): readonly string[] {
  const setpriv = '/usr/bin/setpriv'
  return existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL'] : []
}

async function end(child: ChildProcess, { signal, ended }: { signal: NodeJS.Signals; ended: Promise<unknown> }) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  // One that hangs ends only when it goes on.
  child.kill('SIGCONT')
  const byForce = setTimeout(() => child.kill('SIGKILL'), stopPatience)
  await ended
  clearTimeout(byForce)
}
