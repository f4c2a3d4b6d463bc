import type { OutboxFacts } from '../../laws/facts.ts'
import { inFlightSeconds } from '../../laws/law.ts'
import type { Message } from '../../messaging/message.ts'
import type { MongoDatabase } from '../database.ts'
import { filled, type WithOutbox } from './entries.ts'

/** Of the outbox that lies in the documents of a collection. */
export function documentOutboxFacts(database: MongoDatabase, collection: string): OutboxFacts {
  async function waiting(): Promise<Message[]> {
    const documents = await database
      .collection<WithOutbox>(collection)
      .find(filled)
      .project<WithOutbox>({ outbox: 1 })
      .toArray()
    return documents.flatMap(({ outbox }) => outbox.map(({ message }) => message))
  }

  return {
    async late() {
      const stuckBefore = Date.now() - inFlightSeconds * 1_000
      const late = (await waiting()).filter(({ time }) => Date.parse(time) < stuckBefore)
      return late.map(({ id, type }) => ({ id, type }))
    },
    async unpublished(type) {
      return new Set((await waiting()).filter((message) => message.type === type).map(({ subject }) => subject))
    },
  }
}
