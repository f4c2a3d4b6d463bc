import type { Storage } from '../subgraph/storage.ts'
import type { PostgresDatabase, StoreIn } from './database.ts'
import { postgresInbox } from './messaging/inbox.ts'
import { migrateSubgraph } from './migrate.ts'
import { relayBatch } from './messaging/relay.ts'

interface StorageParts<Store> {
  /** Absolute path of the folder with the numbered SQL files; left out by who keeps no tables of its own. */
  readonly migrations?: string
  /** The store that handlers of messages are given; without it the storage has no inbox. */
  readonly storeIn?: StoreIn<Store>
}

/** A subgraph's database as its storage: migrated, with the tables outbox and inbox. */
export function postgresStorage<Store>(
  database: PostgresDatabase,
  { migrations, storeIn }: StorageParts<Store> = {},
): Storage<Store> {
  return {
    open: () => migrateSubgraph(database.pool, migrations),
    outbox: {
      relayBatch: (publish) => relayBatch(database.pool, publish),
      onFilled: database.onOutgoing,
    },
    ...(storeIn === undefined ? {} : { inbox: postgresInbox(database, storeIn) }),
    ready: database.ping,
    close: database.close,
  }
}
