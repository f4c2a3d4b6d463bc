import { MongoClient, type Collection, type Db, type Document } from 'mongodb'

import type { OutgoingMessage } from '../messaging/message.ts'
import { stampMessages, type OutboxStamp } from '../messaging/outbox.ts'
import type { Logger } from '../telemetry/logging.ts'
import { singleFlight } from '../work/single-flight.ts'
import { outboxEntries, type OutboxEntry } from './messaging/entries.ts'

/** One subgraph's own database. A write of one document is atomic, and there is no larger step. */
export interface MongoDatabase {
  readonly db: Db
  readonly client: MongoClient
  /** What is asked of it throws the driver's errors: `answered` of unavailable.ts makes those of a store of them. */
  collection<Kept extends Document>(name: string): Collection<Kept>
  /** The messages as they are put into the outbox of the document that they are about. */
  stamp(messages: readonly OutgoingMessage[]): OutboxEntry[]
  /** To be called after each write that put messages into an outbox. */
  outgoing(): void
  /** Calls back at `outgoing`; the relay listens here. Returns how to stop that. */
  onOutgoing(listener: () => void): () => void
  /** Rejects when the server does not answer. */
  ping(): Promise<void>
  /** Names the subgraph in every line. */
  readonly log: Logger
  close(): Promise<void>
}

export interface MongoDatabaseOptions {
  readonly url: string
  /** The database's, where the address names none; each subgraph has one of its own. */
  readonly name: string
  /** Milliseconds that a read or a write may take in all. */
  readonly timeout: number
  /** Fills in what a message needs beside its content. */
  readonly stamp: OutboxStamp
  readonly log: Logger
  /** For tests, which look at the commands that are sent. */
  readonly monitorCommands?: boolean
}

const poolSize = 20

/** For a write of thousands of documents, or the making of an index: milliseconds. */
export const longTimeout = 120_000

export function mongoDatabase(options: MongoDatabaseOptions): MongoDatabase {
  const { url, name, timeout, stamp, log, monitorCommands = false } = options
  const client = new MongoClient(url, {
    appName: stamp.source,
    maxPoolSize: poolSize,
    // What was acknowledged has been kept by most of the servers, and by each on its disk; what is read has been too.
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    timeoutMS: timeout,
    serverSelectionTimeoutMS: timeout,
    connectTimeoutMS: timeout,
    // As JSON has it: a field that is undefined is none.
    ignoreUndefined: true,
    monitorCommands,
  })
  const db = client.db(databaseIn(url) ?? name)
  const listeners = new Set<() => void>()
  return {
    db,
    client,
    log,
    collection: (collection) => db.collection(collection),
    stamp: (messages) => outboxEntries(stampMessages(messages, stamp)),
    outgoing() {
      for (const listener of listeners) listener()
    },
    onOutgoing(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ping: singleFlight(async () => {
      await db.command({ ping: 1 })
    }),
    close: () => client.close(),
  }
}

/** What an address names after its hosts. */
function databaseIn(url: string): string | undefined {
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1]
}
