import type { OutgoingMessage } from './message.ts'

/** One open transaction of a subgraph's database. */
export interface Transaction<Store> {
  /** Reads and writes as part of the transaction. */
  readonly store: Store
  /** Puts the messages into the outbox with the same commit; they are lost with it when it does not come. */
  publish(...messages: readonly OutgoingMessage[]): void
  /** Calls back once the transaction has committed: to wake a worker for what it wrote. Lost in a crash, so sweep too. */
  afterCommit(callback: () => void): void
}

/** A subgraph's own database as its use cases know it, where that has transactions. @throws StoreUnavailable of each call */
export interface Database<Store> {
  /** For reads, and for a change that is atomic by itself. */
  readonly store: Store
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<Result>(work: (transaction: Transaction<Store>) => Promise<Result>): Promise<Result>
}
