import { asError } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'
import { inNoTrace } from '../telemetry/trace.ts'
import type { Consumer, SingleConsumer, Subscriber } from './bus.ts'
import { inTraceOf, type Message } from './message.ts'
import { NotHandledHere, retryAfter } from './retry.ts'

/** A message that somebody is to handle, and what becomes of it then. */
export interface Delivery {
  readonly message: Message
  /** Failed attempts so far. */
  readonly attempts: number
  handled(): Promise<void>
  /** It is tried again after so many milliseconds. */
  postpone(attempts: number, pause: number): Promise<void>
  /** It can never be handled. */
  bury(attempts: number, error: Error): Promise<void>
}

export interface Recipient extends Subscriber {
  /** Whether it is given several messages at once. */
  readonly inBatches: boolean
  /** Whole or not at all: of a batch that fails, each message is handed over once more by itself. */
  receive(messages: readonly Message[]): Promise<void>
}

/** What handing over needs of its bus. */
interface HandingOver {
  readonly log: Logger
  /** Milliseconds before each further attempt. */
  readonly retryPauses: readonly number[]
}

export function recipientOf(consumer: Consumer | SingleConsumer): Recipient {
  if ('handle' in consumer) return { ...consumer, inBatches: true, receive: (messages) => consumer.handle(messages) }
  return {
    ...consumer,
    inBatches: false,
    async receive(messages) {
      for (const message of messages) await consumer.handleOne(message)
    },
  }
}

/**
 * Hands all over together; one bad message must not hold up the batch it came in, so of one that fails each is by itself.
 * What is done for a message, and logged of it, is part of the message's trace. Rejects when what became of one could not be
 * recorded.
 */
export async function handOver(parts: HandingOver, recipient: Recipient, all: readonly Delivery[]): Promise<void> {
  const deliveries = all.filter(({ message }) => recipient.types.includes(message.type))
  for (const delivery of all)
    if (!deliveries.includes(delivery)) await inTraceOf(delivery.message, () => passOver(parts, recipient, delivery))
  const isBatch = recipient.inBatches && deliveries.length > 1
  if (isBatch && (await receivedTogether(parts, recipient, deliveries))) {
    await Promise.all(deliveries.map((delivery) => inTraceOf(delivery.message, () => delivery.handled())))
    return
  }
  for (const delivery of deliveries) await inTraceOf(delivery.message, () => handOverOne(parts, recipient, delivery))
}

/** What it does not handle: no replica does any more, or one of another release does. */
async function passOver(parts: HandingOver, recipient: Recipient, delivery: Delivery): Promise<void> {
  const { name: consumer, formerTypes = [] } = recipient
  const { type } = delivery.message
  if (formerTypes.includes(type)) {
    await delivery.handled()
    return
  }
  const error = new NotHandledHere(`${consumer} handles no ${type} here; if no replica does, name it in formerTypes`)
  await fail(parts, { consumer, delivery, error })
}

async function receivedTogether(
  { log }: HandingOver,
  { name, receive }: Recipient,
  deliveries: readonly Delivery[],
): Promise<boolean> {
  const messages = deliveries.map(({ message }) => message)
  try {
    await inTheirTrace(messages, () => receive(messages))
    return true
  } catch (thrown) {
    // A message at fault fails again by itself, and is recorded with it.
    const about = { err: asError(thrown), consumer: name, messages: messages.length }
    log.info(about, 'messages could not be handled together; handling each by itself')
    return false
  }
}

async function handOverOne(parts: HandingOver, { name, receive }: Recipient, delivery: Delivery): Promise<void> {
  try {
    await receive([delivery.message])
  } catch (thrown) {
    await fail(parts, { consumer: name, delivery, error: asError(thrown) })
    return
  }
  await delivery.handled()
}

/** Postpones the message, or makes it a dead letter when it has been tried often enough or can never succeed. */
async function fail(
  { log, retryPauses }: HandingOver,
  { consumer, delivery, error }: { consumer: string; delivery: Delivery; error: Error },
): Promise<void> {
  const { attempts, pause } = retryAfter(error, delivery.attempts, retryPauses)
  const { type, id: messageId } = delivery.message
  const about = { err: error, consumer, type, messageId, attempts }
  if (pause !== undefined) {
    log.warn(about, `a message could not be handled; trying again in ${pause} ms`)
    await delivery.postpone(attempts, pause)
    return
  }
  log.error(about, 'a message became a dead letter')
  await delivery.bury(attempts, error)
}

/** Work for several messages is part of a trace only where that is the same of all. */
function inTheirTrace<Result>(messages: readonly Message[], work: () => Result): Result {
  const [first, ...others] = messages
  const isOne = first !== undefined && others.every(({ traceparent }) => traceparent === first.traceparent)
  return isOne ? inTraceOf(first, work) : inNoTrace(work)
}
