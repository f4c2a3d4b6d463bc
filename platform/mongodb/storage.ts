import type { Storage } from '../subgraph/storage.ts'
import type { MongoDatabase } from './database.ts'
import { documentOutbox } from './messaging/outbox.ts'
import { declareSchema, type DatabaseSchema } from './schema.ts'
import { answered } from './unavailable.ts'

interface StorageParts {
  readonly schema: DatabaseSchema
  /** The collection whose documents have an outbox. */
  readonly outboxIn: string
}

/** A subgraph's database as its storage. It has no transactions, and so no inbox. */
export function mongoStorage(database: MongoDatabase, { schema, outboxIn }: StorageParts): Storage {
  return {
    open: () => answered(() => declareSchema(database.db, schema)),
    outbox: documentOutbox(database, outboxIn),
    ready: database.ping,
    close: database.close,
  }
}
