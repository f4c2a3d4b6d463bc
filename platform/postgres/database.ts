import pg from 'pg'

import type { Database, Transaction } from '../messaging/database.ts'
import type { Logger } from '../telemetry/logging.ts'
import { stampMessages, type OutboxStamp, type StampedMessage } from '../messaging/outbox.ts'
import { singleFlight } from '../work/single-flight.ts'
import { withTransactionClient } from './client.ts'
import { CoalescingSocket } from './coalescing-socket.ts'
import { outboxInsert } from './messaging/outbox.ts'
import { prepared } from './prepared.ts'
import { answered } from './unavailable.ts'

/** What a store's statements run on: the pool, or one open transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>>
}

/** One open transaction, as the stores know it. */
export type PostgresTransaction = Queryable & Omit<Transaction<never>, 'store'>

/** One subgraph's own database. */
export interface PostgresDatabase extends Queryable {
  /** Commits when `work` resolves, rolls back when it rejects. @throws StoreUnavailable, as `query` does */
  transaction<Result>(work: (transaction: PostgresTransaction) => Promise<Result>): Promise<Result>
  /** Calls back after every commit that put messages into the outbox; the relay listens here. Returns how to stop that. */
  onOutgoing(listener: () => void): () => void
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  readonly pool: pg.Pool
  /** Names the subgraph in every line. */
  readonly log: Logger
  close(): Promise<void>
}

/** Makes a store whose statements run on the pool, or in a transaction. */
export type StoreIn<Store> = (queryable: Queryable) => Store

/** The same database as the use cases know it: a store with transactions. */
export function databaseWith<Store>(database: PostgresDatabase, storeIn: StoreIn<Store>): Database<Store> {
  return {
    store: storeIn(database),
    transaction: (work) => database.transaction((transaction) => work(withStore(transaction, storeIn))),
  }
}

/** Hides the statements: who gets it has the store alone. */
export function withStore<Store>(transaction: PostgresTransaction, storeIn: StoreIn<Store>): Transaction<Store> {
  const { publish, afterCommit } = transaction
  return { store: storeIn(transaction), publish, afterCommit }
}

export interface DatabaseOptions {
  readonly connection: pg.PoolConfig
  /** Connections at most; the sum over all subgraphs must stay under the server's max_connections. */
  readonly poolSize: number
  /** Fills in what a message needs beside its content. */
  readonly stamp: OutboxStamp
  readonly log: Logger
}

/** Instants arrive as Date already; bigint arrives as text by default, and ours stay far below 2^53. */
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)

export function postgresDatabase(options: DatabaseOptions): PostgresDatabase {
  const { source, newId } = options.stamp
  const pool = new pg.Pool({
    ...options.connection,
    // Another one for each process, and never without a connection: by it others see that it lives.
    application_name: `souk/${source}/${newId()}`,
    min: 1,
    max: options.poolSize,
    types,
    pipeline: true,
    stream: () => new CoalescingSocket(),
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => options.log.warn({ err: error }, 'an idle database connection broke'))
  const listeners = new Set<() => void>()
  return {
    pool,
    log: options.log,
    query: (text, values) =>
      answered(() => (values === undefined ? pool.query(text) : pool.query(prepared(text, values)))),
    transaction: (work) => answered(() => runTransaction({ pool, stamp: options.stamp, listeners }, work)),
    onOutgoing(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    // Once for all who ask meanwhile: a database that hangs must not lose a connection to each of them.
    ping: singleFlight(async () => {
      await pool.query('select 1')
    }),
    close: () => pool.end(),
  }
}

interface TransactionParts {
  readonly pool: pg.Pool
  readonly stamp: OutboxStamp
  readonly listeners: ReadonlySet<() => void>
}

async function runTransaction<Result>(
  { pool, stamp, listeners }: TransactionParts,
  work: (transaction: PostgresTransaction) => Promise<Result>,
): Promise<Result> {
  const stamped: StampedMessage[] = []
  const callbacks: (() => void)[] = []
  const result = await withTransactionClient(pool, async (client) => {
    const transaction: PostgresTransaction = {
      query: (text, values) => (values === undefined ? client.query(text) : client.query(prepared(text, values))),
      // Stamped at once, since one transaction may publish in several traces.
      publish: (...messages) => stamped.push(...stampMessages(messages, stamp)),
      afterCommit: (callback) => callbacks.push(callback),
    }
    // The begin goes out with the first statement, and the outbox with the commit: neither has a round trip of its own.
    const [, worked] = await Promise.all([client.query('begin'), inAnyCase(() => work(transaction))])
    const insert = stamped.length === 0 ? undefined : outboxInsert(stamped)
    const [, ended] = await Promise.all([insert && client.query(insert), client.query('commit')])
    if (ended.command !== 'COMMIT') throw new Error('a statement of this transaction failed, so nothing of it was kept')
    return worked
  })
  if (stamped.length > 0) callbacks.push(...listeners)
  for (const callback of callbacks) callback()
  return result
}

/** Rejects where `work` throws at once, so that what was begun beside it is still waited for. */
async function inAnyCase<Result>(work: () => Promise<Result>): Promise<Result> {
  return work()
}
