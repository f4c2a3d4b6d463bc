import { mkdir } from 'node:fs/promises'

import { MongoClient, MongoServerError } from 'mongodb'

import { freePort } from './free-port.ts'
import { fromPython, onPath, type Step } from './installed.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export interface MongoOptions {
  /** What it keeps lies here; started on it again, it goes on from there. */
  readonly folder: string
  /** A free one unless given. */
  readonly port?: number
}

/**
 * What speaks MongoDB's protocol here: `mongod` where it is on PATH, else secantusdb, which stands in for it: the newest
 * protocol with validators, change streams and explain, but slow.
 */
export type MongoKind = 'mongod' | 'secantusdb'

export interface MongoServer {
  readonly url: string
  /** As for people: which server it is. */
  readonly name: MongoKind | 'MONGODB_URL'
  stop(): Promise<void>
}

/** @throws MissingServer */
export async function mongoProgram(step?: Step): Promise<{ kind: MongoKind; command: string }> {
  const mongod = await onPath('mongod')
  if (mongod !== undefined) return { kind: 'mongod', command: mongod }
  const command = await fromPython({
    requirement: 'secantusdb==0.7.0b3',
    program: 'secantusd-py',
    what: 'secantusdb, which stands in for MongoDB, where products are kept',
    step,
  })
  return { kind: 'secantusdb', command }
}

/** The server that MONGODB_URL names, which is nobody's here to end; else one of our own. @throws MissingServer */
export async function mongoServer(options: MongoOptions, given = process.env.MONGODB_URL): Promise<MongoServer> {
  return given === undefined ? startMongo(options) : { url: given, name: 'MONGODB_URL', stop: () => Promise.resolve() }
}

/** Starts a replica set of one that has on disk whatever it has acknowledged. Only this machine can reach it. */
export async function startMongo({
  folder,
  port,
}: MongoOptions): Promise<ServerProcess & MongoServer & { readonly port: number }> {
  const { kind, command } = await mongoProgram()
  await mkdir(folder, { recursive: true })
  const own = port ?? (await freePort())
  // Asked directly, it need not be found by the name that a set has for it.
  const url = `mongodb://127.0.0.1:${own}/?directConnection=true`
  const server = await startServer({
    name: kind,
    command,
    args: argumentsOf[kind](folder, own),
    folder,
    isReady: () => isPrimary(url),
  })
  return { ...server, name: kind, port: own, url }
}

const argumentsOf: Record<MongoKind, (folder: string, port: number) => string[]> = {
  mongod: (folder, port) => ['--dbpath', folder, '--bind_ip', '127.0.0.1', '--port', `${port}`, '--replSet', 'souk'],
  secantusdb: (folder, port) => [
    ...['--host', '127.0.0.1', '--port', `${port}`, '--storage-path', folder],
    ...['--sync-on-commit', '--log-level', 'ERROR'],
  ],
}

const notYetInitiated = 94

/** A mongod on an empty folder is told that it is a set; from then on it takes a moment to elect itself. */
async function isPrimary(url: string): Promise<boolean> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000, timeoutMS: 1_000 })
  try {
    const admin = client.db('admin')
    const { isWritablePrimary, setName } = await admin.command({ hello: 1 })
    if (setName === undefined) await initiate(admin)
    return isWritablePrimary === true
  } finally {
    await client.close()
  }
}

async function initiate(admin: ReturnType<MongoClient['db']>): Promise<void> {
  await admin.command({ replSetGetStatus: 1 }).catch(async (thrown: unknown) => {
    if (!(thrown instanceof MongoServerError && thrown.code === notYetInitiated)) throw thrown
    await admin.command({ replSetInitiate: {} })
  })
}
