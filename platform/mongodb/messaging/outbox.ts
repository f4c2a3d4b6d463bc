import type { Collection } from 'mongodb'

import type { Bus } from '../../messaging/bus.ts'
import { publishStamped, type Outbox } from '../../messaging/outbox.ts'
import { longTimeout, type MongoDatabase } from '../database.ts'
import { answered } from '../unavailable.ts'
import { filled, type OutboxEntry, type WithOutbox } from './entries.ts'
import { inRelayTurn, type TurnDocument } from './relay-turn.ts'

const batchSize = 500

/** The outbox that lies in the documents of a collection, one array in each. */
export function documentOutbox(database: MongoDatabase, collection: string): Outbox {
  // What is lost of these in a crash is done once more, so nobody waits for the journal.
  const loosely = { writeConcern: { w: 1 }, readConcern: { level: 'local' } } as const
  const documents = database.db.collection<WithOutbox>(collection, loosely)
  const turns = database.db.collection<TurnDocument>('relayTurns', loosely)
  return {
    relayBatch: (publish) =>
      answered(() => inRelayTurn({ turns, outbox: collection }, () => relayBatch(documents, publish))),
    onFilled: database.onOutgoing,
  }
}

/** Publishes the messages in a batch of documents, and then removes them. Returns whether there may be more. */
async function relayBatch(documents: Collection<WithOutbox>, publish: Bus['publish']): Promise<boolean> {
  // By the index, which has the oldest first. Sorting would read all there is for each batch.
  const found = await documents
    .find(filled, { readConcern: { level: 'majority' } })
    .project<WithOutbox>({ outbox: 1 })
    .limit(batchSize)
    .toArray()
  const stamped = inOrder(found)
  if (stamped.length === 0) return false
  await publishStamped(publish, stamped)
  await remove(documents, found)
  return found.length === batchSize
}

/** The order of a key is that of its document; between documents, the oldest goes first. */
export function inOrder(documents: readonly WithOutbox[]): OutboxEntry[] {
  const oldest = ({ outbox }: WithOutbox) => outbox[0]?.id ?? ''
  return documents.toSorted((left, right) => (oldest(left) < oldest(right) ? -1 : 1)).flatMap(({ outbox }) => outbox)
}

/** By id, since more may have been put in meanwhile. */
async function remove(documents: Collection<WithOutbox>, published: readonly WithOutbox[]): Promise<void> {
  const ids = published.flatMap(({ outbox }) => outbox.map(({ id }) => id))
  await documents.updateMany(
    { _id: { $in: published.map(({ _id }) => _id) } },
    { $pull: { outbox: { id: { $in: ids } } } },
    { timeoutMS: longTimeout },
  )
}
