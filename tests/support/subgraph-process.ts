import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { paths } from '../../platform/subgraph/http.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SubgraphProcess {
  readonly url: string
  /** The lines of its log. */
  output(): string
  /** The status of `/readyz`, and what it says; undefined while it does not listen. */
  readiness(): Promise<{ status: number; says: string } | undefined>
  signal(name: NodeJS.Signals): void
  /** How it ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>
}

interface Launched {
  readonly name: string
  /** The subgraph's own unless it is said. */
  readonly program?: string
  readonly port: number
  readonly environment: Record<string, string>
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[]
}

/** What a container or a supervisor runs. */
export function launchSubgraph({
  name,
  program = `subgraphs/${name}/main.ts`,
  port,
  environment,
  nodeOptions = [],
}: Launched): SubgraphProcess {
  const options = ['--import', './platform/typescript/register.js', ...nodeOptions]
  const child = spawn(process.execPath, [...options, program], {
    cwd: root,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    output: () => output,
    async readiness() {
      const answer = await fetch(url + paths.ready).catch(() => undefined)
      return answer && { status: answer.status, says: await answer.text() }
    },
    signal: (name) => void child.kill(name),
    ended: once(child, 'close').then(() => child.exitCode ?? child.signalCode),
  }
}
