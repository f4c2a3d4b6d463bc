import { spawn, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface LaunchedSouk {
  readonly child: ChildProcess
  /** What it has written so far: for people, and on standard error. */
  output(): string
  errors(): string
  /** Resolves once its output matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<{ code: number | null; signal: string | null }>
}

interface LaunchOptions {
  readonly environment?: Record<string, string>
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[]
}

/** What `npm start` runs, as a process of its own, on a free port by default. */
export function launchSouk({ environment = {}, nodeOptions = [] }: LaunchOptions): LaunchedSouk {
  return launch([process.execPath, ...nodeOptions, 'scripts/start.js'], environment)
}

/** `npm start` itself: the process is npm's, which leads a process group of its own as under a supervisor. */
export function launchByNpm(environment: Record<string, string>): LaunchedSouk {
  return launch(['npm', 'start'], environment)
}

function launch([command = '', ...args]: readonly string[], environment: Record<string, string>): LaunchedSouk {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'test', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let [output, errors] = ['', '']
  const changed = new EventEmitter()
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    changed.emit('changed')
  })
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  // "close" and not "exit": its last words are read by then.
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode }))
  return {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output)
          if (found !== null) resolve(found)
        }
        changed.on('changed', look)
        look()
        void ended.then(({ code, signal }) =>
          reject(new Error(`Souk ended (${code ?? signal}) before it printed ${pattern}:\n${output}${errors}`)),
        )
      }),
  }
}

export interface SoukProcess extends LaunchedSouk {
  readonly url: string
}

/** Resolves when Souk is ready on the data folder. */
export async function startSoukProcess(
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<SoukProcess> {
  const launched = launchSouk({ environment: { SOUK_DATA_DIR: dataDir, ...environment } })
  const [, url = ''] = await launched.printed(/Souk is ready at (\S+)\/graphql/)
  return { ...launched, url }
}

export async function killSouk({ child, ended }: LaunchedSouk): Promise<void> {
  child.kill('SIGKILL')
  await ended
}

/** As Ctrl-C does. Resolves with the exit code. */
export async function stopSouk({ child, ended }: LaunchedSouk): Promise<number | null> {
  child.kill('SIGINT')
  return (await ended).code
}
