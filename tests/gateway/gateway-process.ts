import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface GatewayProcess {
  /** Of its log, one object a line. */
  readonly logged: readonly Readonly<Record<string, unknown>>[]
  /** Where it listens. @throws Error when it ends before it does */
  readonly url: Promise<string>
  /** How it ended. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  signal(name: NodeJS.Signals): void
}

/** The gateway as somebody starts it who has a supergraph, and none of Souk's settings. */
export function launchGateway(args: readonly string[], own: Readonly<Record<string, string>> = {}): GatewayProcess {
  const child = spawn(process.execPath, ['--import', './platform/typescript/register.js', 'gateway/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', LEAVE_MS: '0', ...own },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const logged: Record<string, unknown>[] = []
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode)
  const listens = new Promise<string>((resolve) => {
    createInterface(child.stderr).on('line', (line) => {
      const told = JSON.parse(line) as Record<string, unknown>
      logged.push(told)
      if (told.msg === 'listening') resolve(`http://127.0.0.1:${String(told.port)}`)
    })
  })
  const url = Promise.race([
    listens,
    ended.then(() => Promise.reject(new Error(`it ended: ${JSON.stringify(logged.at(-1))}`))),
  ])
  url.catch(() => undefined)
  return { logged, url, ended, signal: (name) => void child.kill(name) }
}

/** Asks a gateway. */
export async function ask(url: string, query: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, json: (await response.json()) as Readonly<Record<string, unknown>> }
}
