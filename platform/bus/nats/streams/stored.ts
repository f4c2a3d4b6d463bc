import type { StoredMsg } from 'nats'

import { UnparseableMessage, type Message } from '../../../messaging/message.ts'
import { AnswerLost, isNotFound, isOvertaken, throughOutages } from '../failures.ts'
import type { BusParts } from '../parts.ts'

/** Milliseconds that a request waits for the server, and that it is tried again for while the server is away. */
const requestPatience = 2_000
const outagePatience = 15_000

/** The newest message of a subject, by the stream's leader, so that what was acknowledged to anybody is seen. */
export function newestOf(parts: BusParts, stream: string, subject: string): Promise<StoredMsg | undefined> {
  return messageBy(parts, stream, { last_by_subj: subject })
}

/** Undefined when it is not kept any more. */
export function messageAt(parts: BusParts, stream: string, seq: number): Promise<StoredMsg | undefined> {
  return messageBy(parts, stream, { seq })
}

async function messageBy(
  { manager }: BusParts,
  stream: string,
  query: { last_by_subj: string } | { seq: number },
): Promise<StoredMsg | undefined> {
  try {
    return await throughOutages(() => manager.streams.getMessage(stream, query), { within: outagePatience })
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined
    throw thrown
  }
}

/** Whether it was there. */
export async function removeMessage({ manager }: BusParts, stream: string, seq: number): Promise<boolean> {
  try {
    return await throughOutages(() => manager.streams.deleteMessage(stream, seq, false), { within: outagePatience })
  } catch (thrown) {
    if (isNotFound(thrown)) return false
    throw thrown
  }
}

/** Those of the subject that lie before the position. */
export async function removeEarlier(
  { manager }: BusParts,
  stream: string,
  { subject, before }: { readonly subject: string; readonly before: number },
): Promise<void> {
  const purge = () => manager.streams.purge(stream, { filter: subject, seq: before })
  await throughOutages(purge, { within: outagePatience })
}

interface StoreOptions {
  /** Within ten minutes the server drops a second message of the same one. */
  readonly id?: string
  /** The position of the newest message of the subject, or 0 where there is none: another one is written by nobody meanwhile. */
  readonly after?: number
}

/**
 * Stores a message, durably once it resolves, and tries again while the server is away.
 * @returns its position; undefined when the subject's newest message is not the one that was named
 */
export async function store(
  parts: BusParts,
  { subject, body }: { readonly subject: string; readonly body: unknown },
  { id, after }: StoreOptions,
): Promise<number | undefined> {
  const options = {
    timeout: requestPatience,
    ...(id !== undefined && { msgID: id }),
    ...(after !== undefined && { expect: { lastSubjectSequence: after } }),
  }
  const payload = JSON.stringify(body)
  try {
    const publish = () => unlessReconnected(parts, () => parts.jetstream.publish(subject, payload, options))
    const acknowledged = await throughOutages(publish, { within: outagePatience })
    return acknowledged.seq
  } catch (thrown) {
    if (isOvertaken(thrown)) return undefined
    throw thrown
  }
}

/** An answer that was under way when the connection broke does not come: there is no need to wait for it. */
async function unlessReconnected<Result>({ onReconnect }: BusParts, request: () => Promise<Result>): Promise<Result> {
  let stopListening: (() => void) | undefined
  const lost = new Promise<never>((_resolve, reject) => {
    stopListening = onReconnect(() => reject(new AnswerLost('the connection broke before the answer came')))
  })
  try {
    return await Promise.race([request(), lost])
  } finally {
    stopListening?.()
  }
}

/** The parser's edge: whatever lies on the bus was put there by `publish`, or is no message. @throws UnparseableMessage */
export function parseStored(data: Uint8Array): Message {
  const parsed: unknown = parseJson(Buffer.from(data).toString())
  if (typeof parsed === 'object' && parsed !== null && 'type' in parsed && 'subject' in parsed && 'id' in parsed) {
    // What a publisher put there kept its contract; what it holds is parsed by who knows that.
    return parsed as Message
  }
  throw new UnparseableMessage('what lies on the bus is no message')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnparseableMessage('what lies on the bus is no JSON', { cause })
  }
}
