import type { OutboxFacts } from '../laws/facts.ts'
import { inFlightSeconds } from '../laws/law.ts'
import type { Message } from '../messaging/message.ts'
import type { RedisConnection } from './connection.ts'
import { messagesIn, type OutboxKeys } from './outbox.ts'

/** Of the outboxes that lie in streams. */
export function streamOutboxFacts({ client }: RedisConnection, all: readonly OutboxKeys[]): OutboxFacts {
  async function waiting(): Promise<Message[]> {
    const entries = await Promise.all(all.map(({ outbox }) => client.xrange(outbox, '-', '+')))
    return entries.flatMap(messagesIn)
  }

  return {
    async late() {
      const limit = new Date(Date.now() - inFlightSeconds * 1_000).toISOString()
      return (await waiting()).filter(({ time }) => time < limit).map(({ id, type }) => ({ id, type }))
    },
    async unpublished(type) {
      const messages = await waiting()
      return new Set(messages.filter((message) => message.type === type).map(({ subject }) => subject))
    },
  }
}
