import { asError } from '../errors.ts'
import type { Bus, StateReader, Subscriber, Subscription } from './bus.ts'
import type { Contract } from './contract.ts'
import type { Transaction } from './database.ts'
import type { Inbox } from './inbox.ts'
import { inTraceOf, parseMessage, type Message } from './message.ts'

/** What a subgraph does with messages of one type, each of another key. */
export interface Handler<Store> {
  readonly type: string
  handle(messages: readonly Message[], transaction: Transaction<Store>): Promise<void>
}

/**
 * Runs in the transaction that records the messages as handled; what it publishes goes out with the same commit. Each message
 * is handled by itself, side by side with the others, so `handle` must touch only what belongs to its message's key.
 */
export function on<Data, Store>(
  contract: Contract<Data>,
  handle: (message: Message<Data>, transaction: Transaction<Store>) => Promise<void>,
): Handler<Store> {
  return onAll(
    contract,
    async (_messages, transaction: Transaction<Store>) => (message) => handle(message, transaction),
  )
}

/** What is done for one message of several, on the connection that they share. */
type Each<Data> = (message: Message<Data>, place: number) => Promise<void> | void

/**
 * As `on`, for what is shared between keys: `prepare` gets all the messages at once, and answers with what is done for each. That
 * is part of the message's trace; what `prepare` itself does is part of none, unless all messages have the same.
 */
export function onAll<Data, Store>(
  contract: Contract<Data>,
  prepare: (messages: readonly Message<Data>[], transaction: Transaction<Store>) => Promise<Each<Data>>,
): Handler<Store> {
  return {
    type: contract.type,
    async handle(received, transaction) {
      const messages = received.map((message) => parseMessage(contract, message))
      await sideBySide(messages, await prepare(messages, transaction))
    },
  }
}

async function sideBySide<Data>(messages: readonly Message<Data>[], each: Each<Data>): Promise<void> {
  // Async, so that work that throws at once is waited for with the others, too.
  const done = await Promise.allSettled(
    messages.map(async (message, place) => inTraceOf(message, () => each(message, place))),
  )
  // Only now: what is still under way would go on after the rollback.
  for (const outcome of done) if (outcome.status === 'rejected') throw asError(outcome.reason)
}

/** A state as a read model takes it: its data, and the version of the aggregate that it describes. */
export type VersionedState<Data> = Data & { readonly version: number }

/** Reads the state of one contract, parsed, at the contract's own pace. What is not newer than what it has changes nothing. */
export function readsState<Data extends object>(
  contract: Contract<Data>,
  name: string,
  apply: (states: readonly VersionedState<Data>[]) => Promise<void>,
): StateReader {
  return {
    name,
    types: [contract.type],
    ...(contract.linger === undefined ? {} : { linger: contract.linger }),
    apply: async (messages) =>
      apply(
        messages.map((message) => ({ ...parseMessage(contract, message).data, version: message.aggregateversion })),
      ),
  }
}

/** Subscribes to the handlers' messages; each takes effect once, however often it is delivered. */
export function consumeOnce<Store>({
  consumer,
  bus,
  inbox,
  handlers,
  formerTypes,
}: {
  readonly consumer: string
  readonly bus: Bus
  readonly inbox: Inbox<Store>
  readonly handlers: readonly Handler<Store>[]
  readonly formerTypes?: Subscriber['formerTypes']
}): Promise<Subscription> {
  return bus.consume({
    name: consumer,
    types: handlers.map(({ type }) => type),
    ...(formerTypes !== undefined && { formerTypes }),
    async handle(messages) {
      await inbox.handleOnce({ consumer, messages }, async (fresh, transaction) => {
        for (const handler of handlers) {
          const matching = fresh.filter(({ type }) => type === handler.type)
          if (matching.length > 0) await handler.handle(matching, transaction)
        }
      })
    },
  })
}
