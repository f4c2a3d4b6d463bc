import type { Bus, Subscription } from '../bus/bus.ts'
import { parseMessage, type Message, type MessageDefinition } from '../bus/message.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { inTrace, traceparentFrom } from '../trace.ts'

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
    handle: (messages) =>
      database.transaction(async (transaction) => {
        const fresh = await recordInInbox(transaction, consumer, messages)
        for (const message of fresh) {
          const handler = handlers.get(message.type)
          if (handler === undefined) throw new Error(`${consumer} has no handler for ${message.type}`)
          await inTrace(traceparentFrom(message.traceparent), () => handler.handle(message, transaction))
        }
      }),
  })
}

/** Returns those that this consumer has not handled before. */
async function recordInInbox(
  transaction: Transaction,
  consumer: string,
  messages: readonly Message[],
): Promise<Message[]> {
  const { rows } = await transaction.query<{ message_id: string }>(
    `insert into inbox (consumer, message_id) select $1, unnest($2::uuid[]) on conflict do nothing
     returning message_id`,
    [consumer, messages.map(({ id }) => id)],
  )
  const fresh = new Set(rows.map(({ message_id: id }) => id))
  return messages.filter(({ id }) => fresh.has(id))
}
