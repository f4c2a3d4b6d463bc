import type { Inbox } from '../messaging/inbox.ts'
import type { Outbox } from '../messaging/outbox.ts'

/** Where a subgraph keeps what it has. Each driver fulfils it; the composition chooses the driver. */
export interface Storage<Store = unknown> {
  /** Brings what it holds to the newest form. Resolves when it can be read and written. */
  open(): Promise<void>
  readonly outbox: Outbox
  /** Left out by a storage without transactions: the consumers on it are idempotent by themselves. */
  readonly inbox?: Inbox<Store>
  /** Rejects when it does not answer. May hang when the storage does: who asks sets a limit. */
  ready(): Promise<void>
  close(): Promise<void>
}
