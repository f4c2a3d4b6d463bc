import { asError } from '../../../errors.ts'
import type { Message } from '../../../messaging/message.ts'
import { retryAfter } from '../../../messaging/retry.ts'
import type { BusParts } from '../parts.ts'

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

interface Recipient {
  readonly name: string
  readonly receive: (messages: readonly Message[]) => Promise<void>
}

/** Hands all over together; one bad message must not hold up the batch it came in, so of one that fails each is by itself. */
export async function handOver(parts: BusParts, recipient: Recipient, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length > 1 && (await receivedTogether(parts, recipient, deliveries))) {
    await settle(parts, recipient, deliveries)
    return
  }
  for (const delivery of deliveries) await handOverOne(parts, recipient, delivery)
}

async function receivedTogether(
  { log }: BusParts,
  { name, receive }: Recipient,
  deliveries: readonly Delivery[],
): Promise<boolean> {
  try {
    await receive(deliveries.map(({ message }) => message))
    return true
  } catch (thrown) {
    // A message at fault fails again by itself, and is recorded with it.
    const about = { err: asError(thrown), consumer: name, messages: deliveries.length }
    log.info(about, 'messages could not be handled together; handling each by itself')
    return false
  }
}

async function handOverOne(parts: BusParts, recipient: Recipient, delivery: Delivery): Promise<void> {
  try {
    await recipient.receive([delivery.message])
  } catch (thrown) {
    await fail(parts, recipient, { delivery, error: asError(thrown) }).catch((cause: unknown) =>
      leave(parts, recipient, { delivery, cause }),
    )
    return
  }
  await settle(parts, recipient, [delivery])
}

async function settle(parts: BusParts, recipient: Recipient, deliveries: readonly Delivery[]): Promise<void> {
  await Promise.all(
    deliveries.map((delivery) =>
      delivery.handled().catch((cause: unknown) => leave(parts, recipient, { delivery, cause })),
    ),
  )
}

/** What cannot be recorded now is delivered again, since it was not acknowledged. */
function leave(
  { log }: BusParts,
  { name }: Recipient,
  { delivery, cause }: { delivery: Delivery; cause: unknown },
): void {
  const about = { err: asError(cause), consumer: name, messageId: delivery.message.id }
  log.warn(about, 'what became of a message could not be recorded; it will be delivered again')
}

async function fail(
  parts: BusParts,
  { name: consumer }: Recipient,
  { delivery, error }: { delivery: Delivery; error: Error },
): Promise<void> {
  const { attempts, pause } = retryAfter(error, delivery.attempts, parts.retryPauses)
  const { type, id: messageId } = delivery.message
  const about = { err: error, consumer, type, messageId, attempts }
  if (pause !== undefined) {
    parts.log.warn(about, `a message could not be handled; trying again in ${pause} ms`)
    await delivery.postpone(attempts, pause)
    return
  }
  parts.log.error(about, 'a message became a dead letter')
  await delivery.bury(attempts, error)
}
