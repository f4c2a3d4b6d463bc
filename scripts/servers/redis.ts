import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { connect } from 'node:net'

import { freePort } from './free-port.ts'
import { fromDebian, type Step } from './installed.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export interface RedisOptions {
  /** What it keeps lies here; started on it again, it goes on from there. */
  readonly folder: string
  /** A free one unless given. */
  readonly port?: number
  /** One node of a Redis Cluster, which serves once slots are given to it. */
  readonly cluster?: boolean
}

export interface RedisServer extends ServerProcess {
  readonly url: string
  readonly port: number
  /** Where the nodes of a cluster talk to each other. */
  readonly busPort?: number
}

/** A redis-server's program: what is on PATH, else Debian's. @throws MissingServer */
export function redisProgram(step?: Step): Promise<string> {
  return fromDebian({ name: 'redis-server', program: 'redis-server', what: 'Redis, where carts are kept', step })
}

/** Starts a Redis that has on disk whatever it has acknowledged. Only this machine can reach it. */
export async function startRedis({ folder, port, cluster = false }: RedisOptions): Promise<RedisServer> {
  const command = await redisProgram()
  await mkdir(folder, { recursive: true })
  const own = port ?? (await freePort())
  const busPort = cluster ? { busPort: await freePort() } : {}
  const settings = {
    port: own,
    bind: '127.0.0.1',
    dir: folder,
    daemonize: 'no',
    // The append-only file is the one copy: acknowledged means written through to the disk.
    appendonly: 'yes',
    appendfsync: 'always',
    save: '',
    // A store must refuse a write that it has no room for, and never drop what it has.
    'maxmemory-policy': 'noeviction',
    ...(busPort.busPort !== undefined && { 'cluster-enabled': 'yes', 'cluster-port': busPort.busPort }),
  }
  const server = await startServer({
    name: 'redis-server',
    command,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    folder,
    isReady: () => answersPing(own),
  })
  return { ...server, ...busPort, port: own, url: `redis://127.0.0.1:${own}` }
}

/** A Redis that still loads what it had answers, too; with an error. */
async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const answer = await once(socket, 'data', { signal: AbortSignal.timeout(1_000) })
    return answer.join().startsWith('+PONG')
  } finally {
    socket.destroy()
  }
}
