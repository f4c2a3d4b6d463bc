import type { Bus, Subscription } from '../bus/bus.ts'
import { parseMessage, type Message, type MessageDefinition } from '../bus/message.ts'
import type { Database, Transaction } from '../postgres/database.ts'

/** What a subgraph does on hearing one kind of message. */
export interface Handler {
  readonly type: string
  handle(message: Message, transaction: Transaction): Promise<void>
}

/** Runs in the transaction that records the message as handled; what it says goes out with the same commit. */
export function on<Data>(
  definition: MessageDefinition<string, Data>,
  handle: (message: Message<Data>, transaction: Transaction) => Promise<void>,
): Handler {
  return {
    type: definition.type,
    handle: (message, transaction) => handle(parseMessage(definition, message), transaction),
  }
}

/** Subscribes to the handlers' messages; each takes effect once, however often it is delivered. */
export function consumeOnce(parts: {
  readonly consumer: string
  readonly bus: Bus
  readonly database: Database
  readonly handlers: readonly Handler[]
}): Promise<Subscription> {
  const { consumer, bus, database } = parts
  const handlers = new Map(parts.handlers.map((handler) => [handler.type, handler]))
  return bus.consume({
    name: consumer,
    types: [...handlers.keys()],
    async handle(message) {
      const handler = handlers.get(message.type)
      if (handler === undefined) throw new Error(`${consumer} has no handler for ${message.type}`)
      await database.transaction(async (transaction) => {
        if (await recordInInbox(transaction, consumer, message.id)) await handler.handle(message, transaction)
      })
    },
  })
}

/** False when this consumer has handled the message before. */
async function recordInInbox(transaction: Transaction, consumer: string, messageId: string): Promise<boolean> {
  const { rowCount } = await transaction.query(
    'insert into inbox (consumer, message_id) values ($1, $2) on conflict do nothing',
    [consumer, messageId],
  )
  return rowCount === 1
}
