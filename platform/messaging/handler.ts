import type { Bus, Subscription } from './bus.ts'
import type { Contract } from './contract.ts'
import { parseMessage, type Message } from './message.ts'
import { asError } from '../errors.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { inTrace, traceparentFrom } from '../telemetry/trace.ts'

/** What a subgraph does with messages of one type, each of another key. */
export interface Handler {
  readonly type: string
  handle(messages: readonly Message[], transaction: Transaction): Promise<void>
}

/**
 * Runs in the transaction that records the messages as handled; what it publishes goes out with the same commit. Each message
 * is handled by itself, side by side with the others, so `handle` must touch only what belongs to its message's key.
 */
export function on<Data>(
  contract: Contract<Data>,
  handle: (message: Message<Data>, transaction: Transaction) => Promise<void>,
): Handler {
  return {
    type: contract.type,
    handle: (messages, transaction) =>
      sideBySide(messages, (message) => handle(parseMessage(contract, message), transaction)),
  }
}

/** As `on`, for what is shared between keys: `handle` gets all the messages at once. */
export function onAll<Data>(
  contract: Contract<Data>,
  handle: (messages: readonly Message<Data>[], transaction: Transaction) => Promise<void>,
): Handler {
  return {
    type: contract.type,
    handle: (messages, transaction) =>
      handle(
        messages.map((message) => parseMessage(contract, message)),
        transaction,
      ),
  }
}

/** Does the work of each message as part of its trace, on the connection that they share. */
export async function sideBySide<Data>(
  messages: readonly Message<Data>[],
  work: (message: Message<Data>) => Promise<void>,
): Promise<void> {
  // Async, so that work that throws at once is waited for with the others, too.
  const done = await Promise.allSettled(messages.map(async (message) => inTraceOf(message, () => work(message))))
  // Only now: what is still under way would go on after the rollback.
  for (const outcome of done) if (outcome.status === 'rejected') throw asError(outcome.reason)
}

/** Runs `work` as part of the trace that the message belongs to. */
export function inTraceOf<Result>(message: Message, work: () => Result): Result {
  return inTrace(traceparentFrom(message.traceparent), work)
}

/** Subscribes to the handlers' messages; each takes effect once, however often it is delivered. */
export function consumeOnce({
  consumer,
  bus,
  database,
  handlers,
}: {
  readonly consumer: string
  readonly bus: Bus
  readonly database: Database
  readonly handlers: readonly Handler[]
}): Promise<Subscription> {
  const types = handlers.map(({ type }) => type)
  return bus.consume({
    name: consumer,
    types,
    handle: (messages) =>
      database.transaction(async (transaction) => {
        const strange = messages.find(({ type }) => !types.includes(type))
        if (strange !== undefined) throw new Error(`${consumer} has no handler for ${strange.type}`)
        const fresh = await recordInInbox(transaction, consumer, messages)
        for (const handler of handlers) {
          const matching = fresh.filter(({ type }) => type === handler.type)
          if (matching.length > 0) await handler.handle(matching, transaction)
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
